import { join } from "node:path";
import type { FileSystem, LogFile } from "./files";
import { describeProblem } from "./read-records";
import { allocateRecordBytes, recordCommitFirst, recordLength, recordRevision } from "./record";
import { corrupt, listSegmentBases, readSegmentHeader, type Segment } from "./segment";
import { segmentHeaderBytes, segmentName } from "./segment-header";
import { SegmentIndex } from "./segment-index";
import { type RecordChunk, SegmentScan } from "./segment-scan";
import { keepTornBytes } from "./torn-files";
import { isZero, judgeTail } from "./torn-tail";

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

/** What `Log.open` found. */
export interface RecoveryReport {
  segments: number;
  records: number;
  /** Size of all segments together. */
  bytes: number;
  /** Bytes of an unfinished write that were cut off. */
  truncatedBytes: number;
  truncation?: Truncation;
  durationMs: number;
}

export interface Recovered {
  segments: Segment[];
  records: number;
  newestRevision: bigint;
  truncation: Truncation | undefined;
}

interface Progress {
  records: number;
  newestRevision: bigint;
  lastPosition: number;
  /** First position of the last record's commit. */
  lastCommitFirst: number;
}

/** Where the last segment stops being good, and why everything behind may go. */
interface Cut {
  path: string;
  offset: number;
  size: number;
  reason: string;
}

/**
 * Reads and verifies the whole log, then cuts off what a crash left unfinished at its end. Until everything
 * is verified, nothing is modified.
 *
 * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION: nothing was modified
 */
export async function recover(files: FileSystem, directory: string): Promise<Recovered> {
  const bases = await listSegmentBases(files, directory);
  const progress: Progress = { records: 0, newestRevision: 0n, lastPosition: 0, lastCommitFirst: 0 };
  const segments: Segment[] = [];
  let cut: Cut | undefined;
  for (const base of bases) {
    const path = join(directory, segmentName(base));
    const file = await files.open(path, "read");
    try {
      const found = await inspect(
        file,
        { path, base, before: segments.at(-1), last: base === bases.at(-1) },
        progress,
      );
      if (found.segment !== undefined) segments.push(found.segment);
      cut = found.cut;
    } finally {
      await file.close();
    }
  }
  const truncation = cut === undefined ? undefined : await takeAway(files, directory, cut);
  const { records, newestRevision } = progress;
  return { segments, records, newestRevision, truncation };
}

interface Place {
  path: string;
  base: number;
  before: Segment | undefined;
  last: boolean;
}

interface Found {
  segment?: Segment;
  cut?: Cut;
}

async function inspect(file: LogFile, place: Place, progress: Progress): Promise<Found> {
  const { path, base, before, last } = place;
  const size = await file.size();
  const header = await readSegmentHeader(file, path);
  if (header === undefined) {
    // A segment takes records once its header is on disk: this one was being created.
    if (last && size <= segmentHeaderBytes)
      return { cut: { path, offset: 0, size, reason: "unfinished segment" } };
    throw corrupt("the segment header is damaged", path, 0);
  }
  if (header.base !== base)
    throw corrupt(`the file's name says ${base}, its header ${header.base}`, path, 16);
  assertFollows(before, header, path);
  const segment = {
    path,
    header,
    index: new SegmentIndex(),
    end: segmentHeaderBytes,
    lastPosition: header.previous,
  };
  const scan = new SegmentScan(file, {
    salt: header.salt,
    offset: segmentHeaderBytes,
    end: size,
    position: base - 1,
  });
  for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) {
    segment.index.add(chunk);
    takeIn(chunk, progress);
    segment.lastPosition = progress.lastPosition = scan.position;
  }
  segment.end = scan.offset;
  if (scan.problem === undefined) return { segment };
  if (scan.problem === "unsupported" || !last) throw describeProblem(scan.problem, path, scan.offset);
  const reason = await judge(file, segment, size, { ...progress, lastPosition: scan.position });
  return { segment, cut: { path, offset: scan.offset, size, reason } };
}

/** Positions may skip between segments, after a full disk; a missing segment shows nevertheless. */
function assertFollows(before: Segment | undefined, header: Segment["header"], path: string): void {
  const lastPosition = before?.lastPosition ?? 0;
  if (header.previous !== lastPosition) {
    const message = `this segment continues record ${header.previous}, but the one before ends with ${lastPosition}`;
    throw corrupt(
      message,
      path,
      24,
      "A segment is missing or cut short: restore it from a backup. Nothing was changed",
    );
  }
  if (before !== undefined && before.header.salt !== header.salt) {
    throw corrupt("this segment belongs to another log", path, 12);
  }
}

function takeIn(chunk: RecordChunk, progress: Progress): void {
  for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
    progress.records += 1;
    progress.lastCommitFirst = recordCommitFirst(chunk, at);
    const revision = recordRevision(chunk, at);
    if (revision > progress.newestRevision) progress.newestRevision = revision;
  }
}

/** @returns why the bytes behind the segment's good records may go */
async function judge(file: LogFile, segment: Segment, size: number, progress: Progress): Promise<string> {
  const { bytes, view } = allocateRecordBytes(size - segment.end);
  await file.readAt(bytes, segment.end);
  const { lastPosition, lastCommitFirst } = progress;
  const { salt } = segment.header;
  const verdict = judgeTail({ bytes, view, offset: segment.end, lastPosition, lastCommitFirst, salt });
  if (verdict.kind === "torn") return verdict.reason;
  throw corrupt(`a record is damaged: ${verdict.reason}`, segment.path, segment.end);
}

async function takeAway(files: FileSystem, directory: string, cut: Cut): Promise<Truncation> {
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
