import type { DocumentMetrics } from "../api/document-metrics";
import { Figure, Figures } from "./Figures";
import { formatDuration } from "./format";
import { Section } from "./Section";
import { words } from "./words";

/** How long it takes until an edit is safe. */
export function SavingSection({ latency }: Pick<DocumentMetrics, "latency">) {
  const { heading, help, usual, slow, samples, none } = words.saving;
  const { durableP50Ms, durableP99Ms } = latency;
  return (
    <Section heading={heading} help={help}>
      {durableP50Ms === null || durableP99Ms === null ? (
        <p className="text-ink-soft text-sm">{none}</p>
      ) : (
        <>
          <Figures columns={2}>
            <Figure name={usual} value={formatDuration(durableP50Ms)} />
            <Figure name={slow} value={formatDuration(durableP99Ms)} />
          </Figures>
          <p className="pt-2 text-ink-soft text-xs">{samples(latency.samples)}</p>
        </>
      )}
    </Section>
  );
}
