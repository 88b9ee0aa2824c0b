/** How an index lay on its pages after ids had been inserted in the order in which they were minted. */
export interface IndexReport {
  readonly pages: number;
  /** Pages that had to be divided in the middle. */
  readonly splits: number;
  /** How full the pages are on average, from 0 to 1. */
  readonly fill: number;
  /** How many different pages the last tenth of the insertions wrote to. */
  readonly pagesTouched: number;
  /** Where in the order of the index each of some ids lies, from 0 to 1, spread evenly over the order of minting. */
  readonly places: readonly number[];
}

/** Ids that a page holds. */
const pageCapacity = 64;
/** Places that are told. */
const placesMax = 240;

/**
 * The leaf pages of a B-tree, as databases keep an index. A full page is divided in the middle; only where an id is the
 * highest of all a new page is begun, so that ids that come in order fill theirs.
 */
export function indexInOrder(ids: readonly string[], compare: (a: string, b: string) => number): IndexReport {
  const pages: string[][] = [[]];
  const touched = new Set<string[]>();
  let splits = 0;
  ids.forEach((id, index) => {
    const at = pageOf(pages, id, compare);
    let page = pages[at] as string[];
    if (page.length === pageCapacity) {
      const isHighest = at === pages.length - 1 && compare(page.at(-1) as string, id) < 0;
      const upper = isHighest ? [] : page.splice(pageCapacity / 2);
      if (!isHighest) splits++;
      pages.splice(at + 1, 0, upper);
      const first = upper[0];
      if (first === undefined || compare(first, id) <= 0) page = upper;
    }
    page.splice(placeIn(page, id, compare), 0, id);
    if (index >= ids.length * 0.9) touched.add(page);
  });
  return {
    pages: pages.length,
    splits,
    fill: ids.length / (pages.length * pageCapacity),
    pagesTouched: touched.size,
    places: places(ids, pages),
  };
}

/** The last page whose first id is not above. */
function pageOf(pages: readonly string[][], id: string, compare: (a: string, b: string) => number): number {
  let [low, high] = [0, pages.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const first = pages[middle]?.[0];
    if (first !== undefined && compare(first, id) <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

function placeIn(page: readonly string[], id: string, compare: (a: string, b: string) => number): number {
  let [low, high] = [0, page.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(page[middle] as string, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function places(ids: readonly string[], pages: readonly string[][]): number[] {
  const rank = new Map(pages.flat().map((id, index) => [id, index]));
  const step = Math.max(1, Math.floor(ids.length / placesMax));
  const last = Math.max(1, ids.length - 1);
  return ids.filter((_, index) => index % step === 0).map((id) => (rank.get(id) ?? 0) / last);
}
