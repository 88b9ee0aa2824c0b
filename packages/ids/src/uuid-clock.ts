/** 100-nanosecond ticks from the Gregorian calendar's start, 1582-10-15Z, to 1970-01-01Z. */
const gregorianToUnixTicks = 0x01b21dd213814000n;

const ticksPerMs = 10_000n;

/** Milliseconds since 1970 of a v1, v2 or v6 timestamp, rounded down; negative before 1970. */
export function gregorianTicksToMs(ticks: bigint): number {
  // Division rounds toward zero, so it is done where all is positive; the offset is whole milliseconds.
  return Number(ticks / ticksPerMs) - Number(gregorianToUnixTicks / ticksPerMs);
}

/** The v1 and v6 timestamp of a time in milliseconds since 1970. */
export function msToGregorianTicks(timeMs: number): bigint {
  return BigInt(Math.floor(timeMs)) * ticksPerMs + gregorianToUnixTicks;
}
