/** Milliseconds since 1970-01-01Z. Tests pass clocks that jump. */
export type Clock = () => number;

/** Fills the bytes with unpredictable values. Tests pass one that repeats. */
export type RandomSource = (bytes: Uint8Array<ArrayBuffer>) => void;

export const systemClock: Clock = () => Date.now();

export const systemRandom: RandomSource = (bytes) => {
  globalThis.crypto.getRandomValues(bytes);
};
