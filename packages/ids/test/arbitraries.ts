import fc from "fast-check";

/** Moments from before the Snowflake epoch until well after today. */
export const moment = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2060, 0, 1) });

/** Readings of a clock that stands still, ticks, is set back and leaps: at least one. */
export const clockReadings = fc
  .tuple(
    moment,
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        { weight: 3, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.integer({ min: -10_000, max: -1 }) },
        { weight: 1, arbitrary: fc.integer({ min: 2, max: 10_000 }) },
      ),
      { maxLength: 200 },
    ),
  )
  .map(([start, steps]) => {
    const readings = [start];
    for (const step of steps) {
      readings.push((readings.at(-1) ?? start) + step);
    }
    return readings;
  });

export const sixteenBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

export const bits = (count: number): fc.Arbitrary<bigint> =>
  fc.bigInt({ min: 0n, max: (1n << BigInt(count)) - 1n });
