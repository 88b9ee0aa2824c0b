import type { DocumentMetrics } from "../api/document-metrics";
import { Figure, Figures } from "./Figures";
import { formatCount, formatQuantity } from "./format";
import { Section } from "./Section";
import { words } from "./words";

interface NowSectionProps extends Pick<DocumentMetrics, "now"> {
  /** How many have the document open: somebody with two tabs is one of them. */
  readonly people: number;
}

/** What goes on in the document. */
export function NowSection({ now, people }: NowSectionProps) {
  const { heading, help, ...names } = words.now;
  return (
    <Section heading={heading} help={help}>
      <Figures columns={3}>
        <Figure name={names.people} value={formatCount(people)} />
        <Figure name={names.editors} value={formatCount(now.editors)} />
        <Figure name={names.editsPerMinute} value={formatQuantity(now.editsPerMinute)} />
      </Figures>
    </Section>
  );
}
