const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

interface StepFacts {
  /** In the database. Numbers are never reused. */
  readonly number: number;
  readonly ms: number;
  /** How long buckets of this width are kept; undefined for ever. */
  readonly keptMs: number | undefined;
}

/** How wide the buckets of a series may be. They begin at whole minutes, hours and days of UTC. */
export const steps = {
  minute: { number: 1, ms: minuteMs, keptMs: 2 * dayMs },
  hour: { number: 2, ms: hourMs, keptMs: 100 * dayMs },
  day: { number: 3, ms: dayMs, keptMs: undefined },
} as const satisfies Record<string, StepFacts>;

export type Step = keyof typeof steps;

export const stepNames = Object.keys(steps) as readonly Step[];

/** Number of the bucket that a moment lies in, counted from 1970. */
export function bucketOf(step: Step, timeMs: number): number {
  return Math.floor(timeMs / steps[step].ms);
}
