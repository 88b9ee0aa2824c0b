import { createHash } from "node:crypto";
import type { LogFile } from "./files";

/** What is hashed at a time takes a slice of background work, or less. */
const chunkBytes = 64 * 1024;

/**
 * SHA-256 of the first `end` bytes of a file.
 *
 * @param onChunk is called with how many bytes more were hashed, and waited for
 */
export async function hashContent(
  file: LogFile,
  end: number,
  onChunk: (bytes: number) => Promise<void> | void,
): Promise<Uint8Array> {
  const hash = createHash("sha256");
  const window = new Uint8Array(Math.min(chunkBytes, end));
  for (let at = 0; at < end; at += chunkBytes) {
    const chunk = window.subarray(0, Math.min(chunkBytes, end - at));
    hash.update(chunk.subarray(0, await file.readAt(chunk, at)));
    await onChunk(chunk.byteLength);
  }
  return hash.digest();
}
