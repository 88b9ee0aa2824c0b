import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

const pieceBytes = 1024 * 1024;

export interface FileDigest {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Called with the size of each piece. */
  readonly onBytes?: (bytes: number) => void;
}

/** Size and SHA-256 of a file, as it is when this is called: what is appended meanwhile does not count. */
export async function hashFile(path: string, options: ReadOptions): Promise<FileDigest> {
  return readPieces(path, options, async () => {});
}

/** Copies a file, as it is when this is called, to a path where there is none, durably. */
export async function copyFile(source: string, target: string, options: ReadOptions): Promise<FileDigest> {
  let copy: FileHandle | undefined;
  try {
    return await readPieces(source, options, async (piece) => {
      // Not before the source is open: it may have gone.
      copy ??= await open(target, "wx", 0o640);
      if (piece === undefined) await copy.sync();
      else await copy.writeFile(piece);
    });
  } finally {
    await copy?.close();
  }
}

/** Calls `take` with each piece, which is valid until it resolves, and with undefined at the end. */
async function readPieces(
  path: string,
  { signal, onBytes }: ReadOptions,
  take: (piece: Uint8Array | undefined) => Promise<void>,
): Promise<FileDigest> {
  const hash = createHash("sha256");
  const memory = Buffer.allocUnsafe(pieceBytes);
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    let bytes = 0;
    while (bytes < size) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(memory, 0, Math.min(pieceBytes, size - bytes), bytes);
      if (bytesRead === 0) break;
      const piece = memory.subarray(0, bytesRead);
      hash.update(piece);
      await take(piece);
      bytes += bytesRead;
      onBytes?.(bytesRead);
    }
    await take(undefined);
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}
