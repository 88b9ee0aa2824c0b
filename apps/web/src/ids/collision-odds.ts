const yearSeconds = 365.25 * 24 * 60 * 60;

/** What of a scheme decides how likely two of its ids are the same. */
export interface Randomness {
  /** Random bits. */
  readonly bits: number;
  /** Whether the ids also hold the millisecond, so that only those of one millisecond can be the same. */
  readonly perMillisecond: boolean;
}

export interface Workload {
  readonly idsPerSecond: number;
  readonly years: number;
}

/**
 * The base-10 logarithm of the chance that any two of all ids are the same, if each is minted by itself (a generator
 * that counts up is better than that); at most 0. Worked out in logarithms: the numbers leave the range of doubles.
 *
 * By the birthday bound n ids make about n²/2 pairs, each the same with a chance of 2^-bits. Where ids hold their time
 * only pairs of one millisecond count: with ids that come by chance, rate²/2 for each.
 */
export function collisionOddsLog10({ bits, perMillisecond }: Randomness, workload: Workload): number {
  const { idsPerSecond, years } = workload;
  const seconds = years * yearSeconds;
  const log10 = Math.log10;
  const pairs = perMillisecond
    ? 2 * log10(idsPerSecond / 1000) + log10(seconds * 1000)
    : 2 * log10(idsPerSecond * seconds);
  const expected = pairs - log10(2) - bits * log10(2);
  // The chance of at least one is 1 - e^-expected, which is as good as `expected` where that is small.
  return expected < -6 ? expected : log10(-Math.expm1(-(10 ** Math.min(expected, 3))));
}
