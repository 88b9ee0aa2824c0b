import type { Heading } from "../render/heading";

/** More in one list would keep the page busy, and nobody reads them. */
export const headingsMax = 500;

/** The headings that a list shows, in their order. */
export interface Shortlist {
  readonly shown: readonly Heading[];
  /** How many there are to choose from: all, or those that are looked for. */
  readonly total: number;
}

/** The headings that contain `query`; of too many the largest, and of too many of these the first. */
export function shortlist(headings: readonly Heading[], query: string, max = headingsMax): Shortlist {
  const wanted = query.trim().toLocaleLowerCase();
  const found =
    wanted === "" ? headings : headings.filter(({ text }) => text.toLocaleLowerCase().includes(wanted));
  let shown = found;
  for (let level = 5; shown.length > max && level > 0; level--) {
    const larger = shown.filter((heading) => heading.level <= level);
    if (larger.length === 0) break;
    shown = larger;
  }
  return { shown: shown.slice(0, max), total: found.length };
}
