import { join } from "node:path";
import { LogError } from "./errors";
import type { FileSystem } from "./files";
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
 * complete before it got its name; should it be damaged nevertheless, the plain one counts.
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
    found.push(...(await Promise.all(some.map((entry) => identify(files, directory, entry, leftovers)))));
  }
  return { found, leftovers };
}

async function identify(
  files: FileSystem,
  directory: string,
  { base, kinds }: SegmentFiles,
  leftovers: string[],
): Promise<Found> {
  const plain = join(directory, segmentName(base));
  const path = join(directory, segmentName(base, "sealed"));
  if (!kinds.has("sealed")) return { kind: "plain", base, path: plain };
  try {
    const sealed = await readSealedSegment(files, path, base);
    if (kinds.has("plain")) leftovers.push(plain);
    return { kind: "sealed", base, path, sealed };
  } catch (error) {
    const problem = asDamage(error, path, 0);
    if (!(problem instanceof LogError) || problem.code !== "CORRUPT") throw error;
    if (!kinds.has("plain")) return { kind: "damaged", base, path, problem };
    leftovers.push(path);
    return { kind: "plain", base, path: plain };
  }
}
