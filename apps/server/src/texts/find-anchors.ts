/** A place in each of two lists. */
type Pair = readonly [before: number, after: number];

/**
 * The places of what both lists have exactly once, as many as stand in the same order in both: pairs that ascend on either
 * side. This is the beginning of Bram Cohen's "patience diff", in time N log N.
 */
export function findAnchors(before: readonly string[], after: readonly string[]): Pair[] {
  const places = placesOfUnique(after);
  const pairs: Pair[] = [];
  for (const [token, at] of placesOfUnique(before)) {
    const other = places.get(token);
    if (at !== undefined && other !== undefined) pairs.push([at, other]);
  }
  return longestAscending(pairs);
}

/** Undefined for what is there more than once. In the order of the list. */
function placesOfUnique(tokens: readonly string[]): Map<string, number | undefined> {
  const places = new Map<string, number | undefined>();
  for (const [at, token] of tokens.entries()) places.set(token, places.has(token) ? undefined : at);
  return places;
}

interface Card {
  readonly pair: Pair;
  /** The top of the pile to the left, when this card was laid. */
  readonly previous: Card | undefined;
}

/** The longest part of `pairs`, which ascend in the first place, that ascends in the second one, too: by playing patience. */
function longestAscending(pairs: readonly Pair[]): Pair[] {
  const tops: Card[] = [];
  for (const pair of pairs) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle]?.pair[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    tops[low] = { pair, previous: tops[low - 1] };
  }
  const ascending: Pair[] = [];
  for (let card = tops.at(-1); card !== undefined; card = card.previous) ascending.push(card.pair);
  return ascending.toReversed();
}
