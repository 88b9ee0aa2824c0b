import type { FileSystem, LogFile } from "./files";
import { keepTornBytes } from "./torn-files";
import { isZero } from "./torn-tail";

/** What a crash left behind and recovery took away. */
export interface Truncation {
  segment: string;
  /** Where the cut was made. */
  offset: number;
  bytes: number;
  reason: string;
  /** File that holds the cut bytes; absent if they were all zero or there was no space. */
  keptAs?: string;
}

/** Where the last segment stops being good, and why everything behind may go. */
export interface Cut {
  path: string;
  offset: number;
  size: number;
  reason: string;
}

/** Cuts, durably, and keeps what is cut in a file of its own. */
export async function cutTail(files: FileSystem, directory: string, cut: Cut): Promise<Truncation> {
  const { path, offset, size, reason } = cut;
  const truncation: Truncation = { segment: path, offset, bytes: size - offset, reason };
  const file = await files.open(path, "write");
  try {
    const keptAs = await keepCut(files, file, cut);
    if (keptAs !== undefined) truncation.keptAs = keptAs;
    if (offset > 0) {
      await file.truncate(offset);
      await file.sync();
    }
  } finally {
    await file.close();
  }
  if (offset === 0) await files.remove(path);
  await files.syncDirectory(directory);
  return truncation;
}

async function keepCut(files: FileSystem, file: LogFile, cut: Cut): Promise<string | undefined> {
  const bytes = new Uint8Array(cut.size - cut.offset);
  await file.readAt(bytes, cut.offset);
  return isZero(bytes, 0, bytes.byteLength) ? undefined : keepTornBytes(files, cut.path, cut.offset, bytes);
}
