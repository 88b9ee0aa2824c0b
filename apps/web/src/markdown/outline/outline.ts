import type { Heading } from "../render/heading";

/** The headings of a text as it was rendered last, and where they are by now. */
export interface Outline {
  readonly headings: readonly Heading[];
  /** Where a rendered line is in today's text; undefined if it is gone. */
  readonly positionOfLine: (line: number) => number | undefined;
}
