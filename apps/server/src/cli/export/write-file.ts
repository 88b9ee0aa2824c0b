import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { syncDirectory } from "../../backups/staging";
import { OperationError } from "../../operations/operation-error";

/**
 * Writes pieces, compressed, as a file that is there whole and on disk, or not at all. Nothing is overwritten.
 *
 * @throws {OperationError} IN_THE_WAY
 */
export async function writeGzipFile(
  target: string,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = `${target}.unfinished-${randomBytes(4).toString("hex")}`;
  try {
    const file = createWriteStream(unfinished, { flags: "wx", mode: 0o640, flush: true });
    await pipeline(Readable.from(pieces, { objectMode: true }), createGzip(), file, { signal });
    await giveName(unfinished, target);
    await syncDirectory(dirname(target));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** As a link, which unlike renaming takes no other's place. */
async function giveName(unfinished: string, target: string): Promise<void> {
  try {
    await link(unfinished, target);
    await rm(unfinished);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") throw inTheWay(target);
    // A file system without links: whether something is in the way was asked before.
    if (code === "EPERM" || code === "ENOTSUP") await rename(unfinished, target);
    else throw cause;
  }
}

export function inTheWay(path: string): OperationError {
  return new OperationError(
    "IN_THE_WAY",
    `${path} is there already, and is never overwritten. Name a new one`,
  );
}
