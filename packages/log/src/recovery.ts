import { type Cut, cutTail, type Truncation } from "./cut-tail";
import type { LogError } from "./errors";
import type { FileSystem, LogFile } from "./files";
import { type Gap, readGaps } from "./gaps";
import { type Horizon, readHorizon } from "./horizon";
import { describeProblem } from "./read-plain";
import { allocateRecordBytes, recordCommitFirst, recordLength, recordRevision } from "./record";
import { corrupt, type PlainSegment, readSegmentHeader, type Segment } from "./segment";
import { type SegmentHeader, segmentHeaderBytes } from "./segment-header";
import { SegmentIndex } from "./segment-index";
import { type RecordChunk, SegmentScan } from "./segment-scan";
import { type Found, surveySegments } from "./survey";
import { judgeTail } from "./torn-tail";

/** What `Log.open` found. */
export interface RecoveryReport {
  segments: number;
  /** Of which only header and trailer were read. */
  sealedSegments: number;
  /** Which were read and verified from end to end: the last, and those that still wait to be sealed. */
  scannedSegments: number;
  scannedBytes: number;
  records: number;
  /** Size of all segments together. */
  bytes: number;
  /** Bytes of an unfinished write that were cut off. */
  truncatedBytes: number;
  truncation?: Truncation;
  /** Why sealed segments cannot be read. The log goes on without them. */
  damaged: LogError[];
  /** What sealing and dropping had left, and is gone now. */
  removedFiles: string[];
  durationMs: number;
}

export interface Recovered {
  segments: Segment[];
  horizon: Horizon;
  truncation: Truncation | undefined;
  removedFiles: string[];
  totals: Totals;
}

interface Totals {
  records: number;
  newestRevision: bigint;
  scannedSegments: number;
  scannedBytes: number;
}

interface Progress extends Totals {
  segments: Segment[];
  horizon: Horizon;
  gaps: Gap[];
  /** First position of the last record's commit. */
  lastCommitFirst: number;
  salt: number | undefined;
}

/**
 * Reads header and trailer of the sealed segments, reads and verifies all others from end to end, then cuts
 * off what a crash left unfinished at the end of the last one, and removes what it left of sealing and
 * dropping. Until everything is verified, nothing is modified.
 *
 * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION: nothing was modified
 */
export async function recover(files: FileSystem, directory: string): Promise<Recovered> {
  const horizon = await readHorizon(files, directory);
  const { found, leftovers } = await surveySegments(files, directory);
  const progress: Progress = {
    segments: [],
    horizon,
    gaps: await readGaps(files, directory),
    records: 0,
    newestRevision: 0n,
    scannedSegments: 0,
    scannedBytes: 0,
    lastCommitFirst: 0,
    salt: undefined,
  };
  let cut: Cut | undefined;
  for (const each of found) {
    const last = each === found.at(-1);
    // To be dropped: the horizon was moved, but the file is still there.
    if (each.base <= horizon.position && !last) leftovers.push(each.path);
    else if (each.kind === "plain") cut = await takePlain(files, each.path, each.base, last, progress);
    else takeSealed(each, last, progress);
  }
  const removedFiles = await removeLeftovers(files, directory, leftovers);
  const truncation = cut === undefined ? undefined : await cutTail(files, directory, cut);
  return { segments: progress.segments, horizon, truncation, removedFiles, totals: progress };
}

async function removeLeftovers(files: FileSystem, directory: string, leftovers: string[]): Promise<string[]> {
  if (leftovers.length === 0) return [];
  // The name of what replaces a file must be there for good before the file goes.
  await files.syncDirectory(directory);
  for (const path of leftovers) await files.remove(path);
  await files.syncDirectory(directory);
  return leftovers;
}

function takeSealed(found: Exclude<Found, { kind: "plain" }>, last: boolean, progress: Progress): void {
  const { path, base } = found;
  if (found.kind === "damaged") {
    // Nothing behind it says where it ends.
    if (last) throw found.problem;
    settleDamaged(progress, base - 1);
    const { problem } = found;
    progress.segments.push({ kind: "damaged", path, base, end: 0, lastPosition: base - 1, problem });
    return;
  }
  const { sealed } = found;
  assertFollows(progress, sealed.header, path);
  progress.segments.push(sealed);
  progress.records += sealed.trailer.records;
  noteRevision(progress, sealed.trailer.revisionMax);
}

/** Now that the segment behind it is known, so is where a damaged one ends. */
function settleDamaged({ segments }: Progress, lastPosition: number): void {
  const before = segments.at(-1);
  if (before?.kind === "damaged") before.lastPosition = Math.max(before.lastPosition, lastPosition);
}

async function takePlain(
  files: FileSystem,
  path: string,
  base: number,
  last: boolean,
  progress: Progress,
): Promise<Cut | undefined> {
  const file = await files.open(path, "read");
  try {
    const size = await file.size();
    const header = await readSegmentHeader(file, path);
    if (header === undefined) {
      // A segment takes records once its header is on disk: this one was being created.
      if (last && size <= segmentHeaderBytes) return { path, offset: 0, size, reason: "unfinished segment" };
      throw corrupt("the segment header is damaged", path, 0);
    }
    if (header.base !== base)
      throw corrupt(`the file's name says ${base}, its header ${header.base}`, path, 16);
    assertFollows(progress, header, path);
    const segment: PlainSegment = {
      kind: "plain",
      path,
      base,
      header,
      index: new SegmentIndex(),
      end: segmentHeaderBytes,
      lastPosition: header.previous,
    };
    progress.segments.push(segment);
    return await scanPlain(file, segment, size, last, progress);
  } finally {
    await file.close();
  }
}

async function scanPlain(
  file: LogFile,
  segment: PlainSegment,
  size: number,
  last: boolean,
  progress: Progress,
): Promise<Cut | undefined> {
  const { path, base, header } = segment;
  const scan = new SegmentScan(file, {
    salt: header.salt,
    offset: segmentHeaderBytes,
    end: size,
    position: base - 1,
  });
  for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) {
    segment.index.add(chunk);
    takeIn(chunk, progress);
    segment.lastPosition = scan.position;
  }
  segment.end = scan.offset;
  progress.scannedSegments += 1;
  progress.scannedBytes += size;
  if (scan.problem === undefined) return undefined;
  if (scan.problem === "unsupported" || !last) throw describeProblem(scan.problem, path, scan.offset);
  const reason = await judge(file, segment, size, scan.position, progress.lastCommitFirst);
  return { path, offset: scan.offset, size, reason };
}

/** Positions may skip between segments, after a full disk; a missing segment shows nevertheless. */
function assertFollows(progress: Progress, header: SegmentHeader, path: string): void {
  settleDamaged(progress, header.previous);
  const lastPosition = progress.segments.at(-1)?.lastPosition ?? progress.horizon.position;
  const gap = progress.gaps.some(
    ({ after, through }) => after === lastPosition && through === header.previous,
  );
  if (header.previous !== lastPosition && !gap) {
    const message = `this segment continues record ${header.previous}, but the one before ends with ${lastPosition}`;
    throw corrupt(
      message,
      path,
      24,
      "A segment is missing or cut short: restore it from a backup, or give its records up with salvage. Nothing was changed",
    );
  }
  if (progress.salt !== undefined && progress.salt !== header.salt) {
    throw corrupt("this segment belongs to another log", path, 12);
  }
  progress.salt = header.salt;
  // Also of segments that were dropped, or cannot be read.
  noteRevision(progress, header.newestRevision);
}

function noteRevision(progress: Progress, revision: bigint): void {
  if (revision > progress.newestRevision) progress.newestRevision = revision;
}

function takeIn(chunk: RecordChunk, progress: Progress): void {
  for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
    progress.records += 1;
    progress.lastCommitFirst = recordCommitFirst(chunk, at);
    noteRevision(progress, recordRevision(chunk, at));
  }
}

/** @returns why the bytes behind the segment's good records may go */
async function judge(
  file: LogFile,
  segment: PlainSegment,
  size: number,
  lastPosition: number,
  lastCommitFirst: number,
): Promise<string> {
  const { bytes, view } = allocateRecordBytes(size - segment.end);
  await file.readAt(bytes, segment.end);
  const { salt } = segment.header;
  const verdict = judgeTail({ bytes, view, offset: segment.end, lastPosition, lastCommitFirst, salt });
  if (verdict.kind === "torn") return verdict.reason;
  throw corrupt(`a record is damaged: ${verdict.reason}`, segment.path, segment.end);
}
