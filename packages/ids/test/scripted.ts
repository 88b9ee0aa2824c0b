import type { Clock, RandomSource } from "../src/sources";

/** A clock that reads each of `readings` once, then keeps to the last. */
export function scriptedClock(readings: readonly number[]): Clock {
  let at = 0;
  return () => {
    const reading = readings[Math.min(at, readings.length - 1)] ?? Number.NaN;
    at += 1;
    return reading;
  };
}

/** Gives the bytes of each of `draws` in turn, then begins anew. */
export function scriptedRandom(draws: readonly Uint8Array[]): RandomSource {
  let at = 0;
  return (bytes) => {
    const draw = draws[at % draws.length] ?? new Uint8Array();
    bytes.set(draw.subarray(0, bytes.length));
    at += 1;
  };
}
