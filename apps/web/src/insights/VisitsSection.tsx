import type { DocumentMetrics } from "../api/document-metrics";
import { Figure, Figures } from "./Figures";
import { formatCount } from "./format";
import { Section } from "./Section";
import { words } from "./words";

/** Who comes to the document, and how often. */
export function VisitsSection({ now, totals }: Pick<DocumentMetrics, "now" | "totals">) {
  const { heading, help, ...names } = words.visits;
  return (
    <Section heading={heading} help={help}>
      <Figures columns={2}>
        <Figure name={names.connections} value={formatCount(now.connections)} />
        <Figure name={names.peak} value={formatCount(totals.connectionsPeak)} />
        <Figure name={names.views} value={formatCount(totals.views)} />
        <Figure name={names.exports} value={formatCount(totals.exports)} />
      </Figures>
    </Section>
  );
}
