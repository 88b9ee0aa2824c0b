import type { Heading } from "./heading";

/** A part of a document that can be rendered, sanitised and replaced on its own. */
export interface RenderedBlock {
  /** Not sanitised. Its `data-line` attributes count from the block's first line. */
  readonly html: string;
  /** The first of its lines in the source, from 0. */
  readonly line: number;
}

/** A whole document, as blocks. */
export interface RenderedDocument {
  readonly blocks: readonly RenderedBlock[];
  readonly headings: readonly Heading[];
}
