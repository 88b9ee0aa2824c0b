/** Milliseconds since 1970-01-01Z. Tests pass clocks that jump. */
export type Clock = () => number;

/** Fills the bytes with unpredictable values. Tests pass one that repeats. */
export type RandomSource = (bytes: Uint8Array<ArrayBuffer>) => void;

export const systemClock: Clock = () => Date.now();

/** Milliseconds since some moment, which nobody can set: tells how long something took. */
export const steadyClock: Clock = () => performance.now();

export const systemRandom: RandomSource = (bytes) => {
  globalThis.crypto.getRandomValues(bytes);
};
