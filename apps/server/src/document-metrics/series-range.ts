import { bucketOf, type Step, steps } from "../projections/statistics/steps";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const bucketsMax = 3000;
/** Ranges may end that far ahead: clocks differ. */
const aheadMs = dayMs;
/** And begin that much earlier than what is kept for sure: they were asked for a moment ago. */
const leewayMs = hourMs;
const defaultSpanMs: Record<Step, number> = { minute: hourMs, hour: 7 * dayMs, day: 90 * dayMs };

/** Buckets from `from`, included, to `to`, excluded, by their numbers. */
export interface SeriesRange {
  readonly from: number;
  readonly to: number;
}

/** What ranges there can be. Moments are ISO 8601. */
export interface SeriesBounds {
  readonly step: Step;
  readonly bucketsMax: number;
  /** Null where everything is kept. */
  readonly earliest: string | null;
  readonly latest: string;
}

/** A range that no series can be given of. The message says what can be. */
export class SeriesRangeError extends Error {
  override readonly name = "SeriesRangeError";
  readonly bounds: SeriesBounds;

  constructor(fault: string, bounds: SeriesBounds) {
    const { step, earliest, latest } = bounds;
    const since = earliest === null ? "" : ` from ${earliest} on`;
    super(`${fault}. By the ${step} there are at most ${bucketsMax} buckets${since} until ${latest}.`);
    this.bounds = bounds;
  }
}

/**
 * The buckets of a step that a range of time touches; by default those of the last hour, week or quarter.
 *
 * @throws {SeriesRangeError}
 */
export function seriesRange(
  step: Step,
  { fromMs, toMs = undefined }: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined },
  nowMs: number,
): SeriesRange {
  const { ms, keptMs } = steps[step];
  const endMs = toMs ?? nowMs;
  const beginMs = fromMs ?? endMs - defaultSpanMs[step];
  const bounds: SeriesBounds = {
    step,
    bucketsMax,
    earliest: keptMs === undefined ? null : new Date(nowMs - keptMs).toISOString(),
    latest: new Date(nowMs + aheadMs).toISOString(),
  };
  const refuse = (fault: string) => new SeriesRangeError(fault, bounds);
  if (beginMs > endMs) throw refuse("The range ends before it begins");
  if (endMs > nowMs + aheadMs) throw refuse("The range ends in the future");
  if (keptMs !== undefined && beginMs < nowMs - keptMs - leewayMs) throw refuse("The range begins too early");
  const from = bucketOf(step, beginMs);
  // The bucket that is going on belongs to it.
  const to = Math.max(Math.ceil(endMs / ms), from + 1);
  if (to - from > bucketsMax) throw refuse("The range is too long");
  return { from, to };
}
