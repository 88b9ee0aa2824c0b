import { basename, dirname, join } from "node:path";
import { systemErrorCode } from "./errors";
import { type FileSystem, writeAll } from "./files";

/** Older ones go, so that a server in a crash loop does not fill the disk. */
const tornFilesMax = 16;

const tornName = /^(\d{20}\.seg)\.torn-(\d+)(?:\.(\d+))?$/;

/**
 * Keeps bytes that recovery is about to cut, in `<segment>.torn-<offset>` beside the segment, for the
 * operator to look at. The log never reads such files.
 *
 * @returns the file's path; undefined if there was no space, which must not keep a server from starting
 */
export async function keepTornBytes(
  files: FileSystem,
  segmentPath: string,
  offset: number,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const directory = dirname(segmentPath);
  const path = join(directory, await makeRoom(files, directory, `${basename(segmentPath)}.torn-${offset}`));
  try {
    await writeNew(files, path, bytes);
    return path;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== "ENOSPC" && code !== "EDQUOT") throw error;
    await files.remove(path).catch(() => {});
    return undefined;
  }
}

/** Removes the oldest torn files beyond the limit; returns `name`, numbered if it is taken. */
async function makeRoom(files: FileSystem, directory: string, name: string): Promise<string> {
  const torn = (await files.list(directory))
    .filter((candidate) => tornName.test(candidate))
    .sort(compareTornNames);
  const excess = torn.length - tornFilesMax + 1;
  for (const old of torn.slice(0, Math.max(0, excess))) await files.remove(join(directory, old));
  const taken = torn.filter((candidate) => candidate === name || candidate.startsWith(`${name}.`));
  const newest = taken.at(-1);
  return newest === undefined ? name : `${name}.${Number(tornName.exec(newest)?.[3] ?? "1") + 1}`;
}

/** By segment, offset and number: the order in which they were made, as the log only grows. */
function compareTornNames(a: string, b: string): number {
  const [, segmentA = "", offsetA = "0", numberA = "1"] = tornName.exec(a) ?? [];
  const [, segmentB = "", offsetB = "0", numberB = "1"] = tornName.exec(b) ?? [];
  if (segmentA !== segmentB) return segmentA < segmentB ? -1 : 1;
  return Number(offsetA) - Number(offsetB) || Number(numberA) - Number(numberB);
}

async function writeNew(files: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await files.create(path);
  try {
    await writeAll(file, bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}
