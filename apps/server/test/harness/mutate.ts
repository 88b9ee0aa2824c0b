import type { PRNG } from "lib0/prng";
import * as prng from "lib0/prng";

type Mutation = (random: PRNG, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

/** Numbers at the ends of what varUints hold, encoded: 0, 127, 2^31 − 1, 2^32 and 2^53 − 1. */
const extremes = [
  [0],
  [0x7f],
  [0xff, 0xff, 0xff, 0xff, 0x07],
  [0x80, 0x80, 0x80, 0x80, 0x10],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
];

const flipBits: Mutation = (random, bytes) => {
  const mutated = bytes.slice();
  for (let flips = prng.int32(random, 1, 4); flips > 0; flips--) {
    const at = prng.int32(random, 0, mutated.length - 1);
    mutated[at] = (mutated[at] ?? 0) ^ (1 << prng.int32(random, 0, 7));
  }
  return mutated;
};

const truncate: Mutation = (random, bytes) => bytes.slice(0, prng.int32(random, 0, bytes.length - 1));

const extend: Mutation = (random, bytes) => concat(bytes, prng.uint8Array(random, prng.int32(random, 1, 16)));

const splice: Mutation = (random, bytes, other) =>
  concat(
    bytes.subarray(0, prng.int32(random, 0, bytes.length)),
    other.subarray(prng.int32(random, 0, other.length)),
  );

const overwriteByExtreme: Mutation = (random, bytes) => {
  const at = prng.int32(random, 0, bytes.length - 1);
  const extreme = prng.oneOf(random, extremes);
  return concat(bytes.subarray(0, at), Uint8Array.from(extreme), bytes.subarray(at + 1));
};

const repeat: Mutation = (random, bytes) => {
  const from = prng.int32(random, 0, bytes.length - 1);
  const to = prng.int32(random, from, bytes.length);
  return concat(bytes.subarray(0, to), bytes.subarray(from));
};

const mutations = [flipBits, truncate, extend, splice, overwriteByExtreme, repeat];

/** A copy of `bytes` with a fault; `other` lends its bytes to some kinds of fault. Neither may be empty. */
export function mutate(random: PRNG, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const mutation: Mutation = prng.oneOf(random, mutations);
  return mutation(random, bytes, other);
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
