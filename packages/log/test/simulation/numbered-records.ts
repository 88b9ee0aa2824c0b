import type { RecordInput } from "../../src/record";

/** Any so many records in a row have as many keys. */
export const keyCount = 23;

/** The record that belongs at `position`, in every run. */
export function recordAt(position: number): RecordInput {
  const key = new Uint8Array(16);
  new DataView(key.buffer).setUint32(12, (position * 7) % keyCount);
  return {
    revision: BigInt(position) << 22n,
    key,
    stream: position % 3,
    kind: position % 256,
    author: new Uint8Array(16).fill(position % 5),
    payload: new Uint8Array((position * 37) % 1500).fill(position),
  };
}
