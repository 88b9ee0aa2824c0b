import type { DocumentMetrics } from "../api/document-metrics";
import { Figure, Figures } from "./Figures";
import { formatCount } from "./format";
import { Section } from "./Section";
import { words } from "./words";

/** How long the text is. */
export function TextSection({ text }: Pick<DocumentMetrics, "text">) {
  const { heading, help, ...names } = words.text;
  const count = (number: number | undefined) => (number === undefined ? undefined : formatCount(number));
  return (
    <Section heading={heading} help={help}>
      <Figures columns={3}>
        <Figure name={names.characters} value={count(text?.characters)} />
        <Figure name={names.words} value={count(text?.words)} />
        <Figure name={names.lines} value={count(text?.lines)} />
      </Figures>
    </Section>
  );
}
