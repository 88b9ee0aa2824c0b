/** What a metric says at a moment: a number, or how many were at or below each bound. */
export interface Reading {
  readonly total: number;
  /** By upper bound, cumulative; empty unless it is a histogram. */
  readonly buckets: ReadonlyMap<number, number>;
}

/** What of a metric is shown. */
export type Measure =
  /** As it is. */
  | { readonly of: "value" }
  /** By how much it has grown per second since the last look. */
  | { readonly of: "rate" }
  /** By how much it has grown over so many looks. */
  | { readonly of: "growth"; readonly looks: number }
  /** The value below which a share of what came in so many looks was. */
  | { readonly of: "quantile"; readonly share: number; readonly looks: number };

/** Makes of one look after another at a metric what is shown of it. */
export class Meter {
  readonly #measure: Measure;
  readonly #everySeconds: number;
  /** Oldest first, as many as are needed to look back. */
  readonly #readings: Reading[] = [];

  constructor(measure: Measure, everySeconds: number) {
    this.#measure = measure;
    this.#everySeconds = everySeconds;
  }

  /** Undefined where nothing can be said yet, or nothing came. */
  next(reading: Reading): number | undefined {
    const measure = this.#measure;
    if (measure.of === "value") return reading.total;
    const looks = measure.of === "rate" ? 1 : measure.looks;
    this.#readings.push(reading);
    if (this.#readings.length > looks + 1) this.#readings.shift();
    const [before] = this.#readings;
    if (before === undefined) return undefined;
    if (measure.of === "quantile") return quantileBetween(before, reading, measure.share);
    const growth = Math.max(0, reading.total - before.total);
    if (measure.of === "growth") return growth;
    return this.#readings.length === 1 ? undefined : growth / this.#everySeconds;
  }
}

/** Of what came between two readings, as Prometheus's `histogram_quantile` has it: evenly spread within a bucket. */
function quantileBetween(before: Reading, now: Reading, share: number): number | undefined {
  const count = now.total - before.total;
  if (count <= 0) return undefined;
  const wanted = count * share;
  let lower = 0;
  let below = 0;
  for (const [bound, cumulative] of now.buckets) {
    const upTo = cumulative - (before.buckets.get(bound) ?? 0);
    if (upTo >= wanted) {
      if (!Number.isFinite(bound)) return lower;
      return lower + (bound - lower) * (upTo === below ? 1 : (wanted - below) / (upTo - below));
    }
    lower = bound;
    below = upTo;
  }
  return lower;
}
