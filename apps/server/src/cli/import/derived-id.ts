import { createHash } from "node:crypto";
import { type Ulid, ulidFromBytes, ulidToBytes } from "@scriptorium/ids";

const timeBytes = 6;

/** A ULID of a time, always the same for the same parts: what is imported again is found to be there. */
export function derivedId(timeMs: number, ...parts: readonly (string | Uint8Array)[]): Ulid {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length} `).update(bytes);
  }
  const bytes = new Uint8Array(16);
  let rest = Math.max(0, Math.floor(timeMs));
  for (let at = timeBytes - 1; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(hash.digest().subarray(0, 16 - timeBytes), timeBytes);
  return ulidFromBytes(bytes);
}

/** The ID of a copy of a document: of the same time, and always the same. */
export function copyId(id: Ulid): Ulid {
  const bytes = ulidToBytes(id);
  const copy = ulidToBytes(derivedId(0, "copy", bytes));
  copy.set(bytes.subarray(0, timeBytes));
  return ulidFromBytes(copy);
}
