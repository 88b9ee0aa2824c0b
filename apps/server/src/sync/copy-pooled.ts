const slabBytes = 8 * 1024;
/** Larger ones have memory of their own, so that they hold up no slab, and no slab holds them up. */
const pooledBytesMax = 512;

let slab = new Uint8Array(slabBytes);
let used = 0;

/**
 * A copy of `bytes`; of a small array as a view of memory that it shares with other copies. An array with memory of its
 * own costs far more than the bytes: to make, and each time the garbage collector passes by.
 */
export function copyPooled(bytes: Uint8Array): Uint8Array {
  if (bytes.length > pooledBytesMax) return bytes.slice();
  if (used + bytes.length > slabBytes) {
    slab = new Uint8Array(slabBytes);
    used = 0;
  }
  const copy = slab.subarray(used, used + bytes.length);
  copy.set(bytes);
  used += bytes.length;
  return copy;
}
