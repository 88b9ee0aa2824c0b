import type { Heading } from "./heading";
import type { RenderedDocument } from "./rendered-document";

/** How to come from one rendering of a document to the next: most edits change one block. */
export interface RenderPatch {
  /** How many blocks stay at the start. */
  readonly before: number;
  /** How many blocks stay at the end. */
  readonly after: number;
  /** What stands between them now. Not sanitised. */
  readonly inserted: readonly string[];
  /** The first line of every block. */
  readonly lines: readonly number[];
  readonly headings: readonly Heading[];
}

export function diffRenderings(old: readonly string[], rendered: RenderedDocument): RenderPatch {
  const { blocks, headings } = rendered;
  const shorter = Math.min(old.length, blocks.length);
  let before = 0;
  while (before < shorter && old[before] === blocks[before]?.html) before++;
  let after = 0;
  while (after < shorter - before && old[old.length - 1 - after] === blocks[blocks.length - 1 - after]?.html)
    after++;
  return {
    before,
    after,
    inserted: blocks.slice(before, blocks.length - after).map(({ html }) => html),
    lines: blocks.map(({ line }) => line),
    headings,
  };
}
