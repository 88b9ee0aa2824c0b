import type { FileSystem, LogFile } from "./files";
import { readHorizon } from "./horizon";
import { nodeFiles } from "./node-files";
import { recordKeyText, recordLength, recordRevision } from "./record";
import { readSegmentHeader } from "./segment";
import { segmentHeaderBytes } from "./segment-header";
import { SegmentScan } from "./segment-scan";
import { type Found, openFound, surveySegments } from "./survey";

/** What `inspectLog` says of a segment. */
export interface SegmentSummary {
  path: string;
  /** `damaged`: nothing but its name can be read. */
  kind: "plain" | "sealed" | "damaged";
  base: number;
  /** Of the last record; that of the segment before while there is none. */
  lastPosition: number;
  records: number;
  /** Size of the file. */
  bytes: number;
  /** Size before it was sealed, if that is known. */
  sourceBytes?: number;
  keys: number;
  /** Milliseconds since 1970. */
  createdMs: number;
  /** 0n without records. */
  revisionMin: bigint;
  revisionMax: bigint;
}

export interface LogSummary {
  segments: SegmentSummary[];
  records: number;
  bytes: number;
  lastPosition: number;
  newestRevision: bigint;
  /** Of the last record dropped, 0 if none. */
  horizonPosition: number;
}

/**
 * Lists a log's segments without the lock, while it is written or not. Reads plain segments as far as they are
 * intact, of sealed ones both ends only; verifies little.
 *
 * @throws {LogError} UNSUPPORTED_VERSION, CORRUPT: the file `HORIZON` is damaged
 */
export async function inspectLog(
  directory: string,
  { files = nodeFiles }: { files?: FileSystem } = {},
): Promise<LogSummary> {
  const { found } = await surveySegments(files, directory);
  let { position } = await readHorizon(files, directory);
  const summaries: SegmentSummary[] = [];
  for (const each of found) {
    if (each.base <= position && each !== found.at(-1)) continue;
    const summary = await summarise(files, directory, each, summaries.at(-1)?.lastPosition ?? position);
    // Dropped meanwhile, as are all before it.
    if (summary === undefined) ({ position } = await readHorizon(files, directory));
    else summaries.push(summary);
  }
  const segments = summaries.filter(({ base }) => base > position || base === found.at(-1)?.base);
  return {
    segments,
    records: segments.reduce((sum, { records }) => sum + records, 0),
    bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
    lastPosition: segments.at(-1)?.lastPosition ?? position,
    newestRevision: newestOf(segments),
    horizonPosition: position,
  };
}

function newestOf(segments: readonly SegmentSummary[]): bigint {
  let newest = 0n;
  for (const { revisionMax } of segments) if (revisionMax > newest) newest = revisionMax;
  return newest;
}

/** @returns undefined if the segment is gone */
async function summarise(
  files: FileSystem,
  directory: string,
  segment: Found,
  previous: number,
): Promise<SegmentSummary | undefined> {
  if (segment.kind !== "plain") return summariseWhole(segment);
  const opened = await openFound(files, directory, segment);
  if (opened === undefined) return undefined;
  const { found, file } = opened;
  try {
    if (found.kind !== "plain") return summariseWhole(found);
    return await summarisePlain(file, found.path, found.base, previous);
  } finally {
    await file.close();
  }
}

function summariseWhole(found: Exclude<Found, { kind: "plain" }>): SegmentSummary {
  const { path, base } = found;
  if (found.kind === "damaged") return nothing("damaged", path, base, base - 1);
  const { trailer, header, end } = found.sealed;
  return {
    path,
    kind: "sealed",
    base,
    lastPosition: trailer.lastPosition,
    records: trailer.records,
    bytes: end,
    ...(trailer.sourceBytes > 0 && { sourceBytes: trailer.sourceBytes }),
    keys: trailer.keys,
    createdMs: header.createdMs,
    revisionMin: trailer.revisionMin,
    revisionMax: trailer.revisionMax,
  };
}

function nothing(
  kind: SegmentSummary["kind"],
  path: string,
  base: number,
  lastPosition: number,
): SegmentSummary {
  return {
    path,
    kind,
    base,
    lastPosition,
    records: 0,
    bytes: 0,
    keys: 0,
    createdMs: 0,
    revisionMin: 0n,
    revisionMax: 0n,
  };
}

async function summarisePlain(
  file: LogFile,
  path: string,
  base: number,
  previous: number,
): Promise<SegmentSummary> {
  const bytes = await file.size();
  const header = await readSegmentHeader(file, path);
  if (header === undefined) return { ...nothing("damaged", path, base, previous), bytes };
  const { salt, createdMs } = header;
  const summary = { ...nothing("plain", path, base, header.previous), bytes, createdMs };
  const keys = new Set<string>();
  const scan = new SegmentScan(file, { salt, offset: segmentHeaderBytes, end: bytes, position: base - 1 });
  for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) {
    for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
      const revision = recordRevision(chunk, at);
      if (summary.records === 0 || revision < summary.revisionMin) summary.revisionMin = revision;
      if (revision > summary.revisionMax) summary.revisionMax = revision;
      summary.records += 1;
      keys.add(recordKeyText(chunk, at));
    }
    summary.lastPosition = scan.position;
  }
  return { ...summary, keys: keys.size };
}
