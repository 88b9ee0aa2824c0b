import { join } from "node:path";
import { LogError, systemErrorCode } from "./errors";
import type { FileSystem, LogFile } from "./files";
import { readSealedSegment } from "./sealed-segment";
import { asDamage, listSegments, type SealedSegment, type SegmentFiles } from "./segment";
import { segmentName } from "./segment-header";

/** How many files are looked at at a time. */
const parallel = 16;

/** A segment by its file; of a sealed one, header and trailer have been read. */
export type Found =
  | { kind: "plain"; base: number; path: string }
  | { kind: "sealed"; base: number; path: string; sealed: SealedSegment }
  | { kind: "damaged"; base: number; path: string; problem: LogError };

export interface Survey {
  /** Ascending. */
  found: Found[];
  /** Files that sealing, dropping or salvage left: unfinished, or there in another form, too. */
  leftovers: string[];
}

const unfinishedNames = /^(?:\d{20}\.(?:sealed|seg)|HORIZON|GAPS)\.tmp$/;

/**
 * Says which file counts for each segment. Where there is both a plain and a sealed one, the sealed one was
 * complete before it got its name; should it be damaged nevertheless, the plain one counts. A sealed segment
 * that goes meanwhile was dropped, and is left out.
 *
 * @throws {LogError} UNSUPPORTED_VERSION
 */
export async function surveySegments(files: FileSystem, directory: string): Promise<Survey> {
  const names = await files.list(directory);
  const leftovers = names.filter((name) => unfinishedNames.test(name)).map((name) => join(directory, name));
  const listed = await listSegments(files, directory);
  const found: Found[] = [];
  for (let start = 0; start < listed.length; start += parallel) {
    const some = listed.slice(start, start + parallel);
    const identified = await Promise.all(some.map((entry) => identify(files, directory, entry, leftovers)));
    found.push(...identified.filter((each) => each !== undefined));
  }
  return { found, leftovers };
}

/** @returns undefined if the segment is gone */
async function identify(
  files: FileSystem,
  directory: string,
  { base, kinds }: SegmentFiles,
  leftovers: string[],
): Promise<Found | undefined> {
  const path = join(directory, segmentName(base));
  const plain: Found = { kind: "plain", base, path };
  const sealed = kinds.has("sealed") ? await identifySealed(files, directory, base) : undefined;
  if (!kinds.has("plain")) return sealed;
  if (sealed?.kind === "sealed") {
    leftovers.push(path);
    return sealed;
  }
  if (sealed?.kind === "damaged") leftovers.push(sealed.path);
  return plain;
}

/** @returns undefined if there is no such file */
async function identifySealed(
  files: FileSystem,
  directory: string,
  base: number,
): Promise<Found | undefined> {
  const path = join(directory, segmentName(base, "sealed"));
  try {
    return { kind: "sealed", base, path, sealed: await readSealedSegment(files, path, base) };
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    const problem = asDamage(error, path, 0);
    if (!(problem instanceof LogError) || problem.code !== "CORRUPT") throw error;
    return { kind: "damaged", base, path, problem };
  }
}

/** A segment whose file is open. */
export interface OpenFound {
  found: Found;
  file: LogFile;
}

/**
 * Opens a segment that was found a while ago, in a log that is being written: if its plain file has gone, it was
 * sealed, and the sealed one is opened.
 *
 * @returns undefined if it is there in neither form: then it was dropped
 * @throws {LogError} UNSUPPORTED_VERSION
 */
export async function openFound(
  files: FileSystem,
  directory: string,
  found: Found,
): Promise<OpenFound | undefined> {
  try {
    return { found, file: await files.open(found.path, "read") };
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
  if (found.kind !== "plain") return undefined;
  const sealed = await identifySealed(files, directory, found.base);
  return sealed && openFound(files, directory, sealed);
}
