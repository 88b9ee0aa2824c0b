import { hash } from "node:crypto";
import type { RecordInput } from "@scriptorium/log";

/** Bytes of a record beside its payload: revision, stream, kind, author. */
const headBytes = 8 + 1 + 1 + 16;
const digestBytes = 16;
const none = Buffer.alloc(digestBytes);

/**
 * How many records of a document there were, and what they were, in their order: the digest is the first half of the SHA-256 of
 * the digest before, and of revision (8 bytes, big-endian), stream, kind, author and payload. It begins with zeros. The
 * document is no part of it, so that a copy under another ID has the same.
 */
export class StreamDigest {
  #records = 0;
  #digest: Buffer = none;

  add({ revision, stream, kind, author, payload }: RecordInput): void {
    const bytes = Buffer.allocUnsafe(digestBytes + headBytes + payload.byteLength);
    this.#digest.copy(bytes);
    bytes.writeBigUInt64BE(revision, digestBytes);
    bytes.writeUInt8(stream, digestBytes + 8);
    bytes.writeUInt8(kind, digestBytes + 9);
    bytes.set(author, digestBytes + 10);
    bytes.set(payload, digestBytes + headBytes);
    // A copy: the digest of 32 bytes may be a view of more.
    this.#digest = Buffer.from(hash("sha256", bytes, "buffer").subarray(0, digestBytes));
    this.#records += 1;
  }

  get records(): number {
    return this.#records;
  }

  get totals(): { records: number; digest: string } {
    return { records: this.#records, digest: this.#digest.toString("hex") };
  }
}
