import { allocateRecordBytes, encodeRecord, type RecordInput } from "../../src/record";
import { keyOf } from "../support";
import { Random } from "./random";
import type { AppendStep } from "./schedule";

/** The `number`th record of a schedule. `nextPosition` is where the log will put it. */
export function createRecord(
  { key, keys, payloadBytes, filling }: AppendStep,
  number: number,
  nextPosition: number,
): RecordInput {
  const random = new Random(number);
  const payload = new Uint8Array(payloadBytes);
  if (filling === "random") fillWithNoise(payload, random);
  if (filling === "decoys") fillWithDecoys(payload, nextPosition);
  return {
    revision: BigInt(number),
    key: keyOf(key + (number % keys)),
    stream: number % 2,
    kind: random.below(256),
    author: new Uint8Array(16).fill(random.below(4)),
    payload,
  };
}

/** No byte is zero: a sector of zeros in a record could be one that was never written. */
function fillWithNoise(payload: Uint8Array, random: Random): void {
  for (let at = 0; at < payload.byteLength; at += 1) payload[at] = random.between(1, 255);
}

const decoyBytes = 64 + 3;

/** Records of a log without a salt, with positions to come: what someone who knows the format would write. */
function fillWithDecoys(payload: Uint8Array, nextPosition: number): void {
  const decoy = allocateRecordBytes(decoyBytes);
  const author = new Uint8Array(16).fill(7);
  for (let at = 0; at < payload.byteLength; at += decoyBytes) {
    const position = nextPosition + 1 + at / decoyBytes;
    const record = { revision: 1n, key: author, stream: 0, kind: 0, author, payload: author.subarray(0, 3) };
    encodeRecord(decoy, 0, record, { position, commitFirst: position, salt: 0 });
    payload.set(decoy.bytes.subarray(0, payload.byteLength - at), at);
  }
}
