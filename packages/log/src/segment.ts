import { LogError, systemErrorCode } from "./errors";
import type { FileSystem, LogFile } from "./files";
import type { SealedTrailer } from "./sealed-trailer";
import {
  decodeSegmentHeader,
  parseSegmentName,
  type SegmentHeader,
  type SegmentKind,
  salvagedVersion,
  segmentHeaderBytes,
  segmentVersion,
} from "./segment-header";
import type { SegmentIndex } from "./segment-index";

interface SegmentFile {
  readonly path: string;
  /** Position of the first record, as in the file's name. */
  readonly base: number;
  /** Bytes that count; in a plain segment just behind the last record that counts as durable. */
  end: number;
  /** Position of the last such record; that of the segment before while there is none. */
  lastPosition: number;
  /** Removed by `Log.dropBefore`. */
  dropped?: boolean;
}

/** In the order of arrival: the last segment, and those that wait to be sealed. */
export interface PlainSegment extends SegmentFile {
  readonly kind: "plain";
  readonly header: SegmentHeader;
  readonly index: SegmentIndex;
  /** Set before the file goes. */
  replacement?: SealedSegment;
}

export interface SealedSegment extends SegmentFile {
  readonly kind: "sealed";
  readonly header: SegmentHeader;
  readonly trailer: SealedTrailer;
  /** Where the index ends. */
  readonly indexEnd: number;
  /** Trailers that the segment had before salvage rewrote it, the oldest first. */
  readonly replaced: readonly SealedTrailer[];
}

/** A sealed segment of which header or trailer cannot be read, and so nothing at all. */
export interface DamagedSegment extends SegmentFile {
  readonly kind: "damaged";
  readonly problem: LogError;
}

/** What the log knows of one segment file. */
export type Segment = PlainSegment | SealedSegment | DamagedSegment;

/** Which files there are for one base position. */
export interface SegmentFiles {
  base: number;
  kinds: Set<SegmentKind>;
}

/** @returns the directory's segments, ascending; other files are none of ours */
export async function listSegments(files: FileSystem, directory: string): Promise<SegmentFiles[]> {
  const byBase = new Map<number, SegmentFiles>();
  for (const name of await files.list(directory)) {
    const parsed = parseSegmentName(name);
    if (parsed === undefined) continue;
    const { base, kind } = parsed;
    const entry = byBase.get(base) ?? { base, kinds: new Set() };
    byBase.set(base, entry);
    entry.kinds.add(kind);
  }
  return [...byBase.values()].sort((a, b) => a.base - b.base);
}

/** Reads a segment's first bytes; undefined if they are not an intact header. */
export async function readSegmentHeader(
  file: { readAt(target: Uint8Array, offset: number): Promise<number> },
  path: string,
  kind: SegmentKind = "plain",
): Promise<SegmentHeader | undefined> {
  const bytes = new Uint8Array(segmentHeaderBytes);
  const filled = await file.readAt(bytes, 0);
  const header = decodeSegmentHeader(bytes.subarray(0, filled), kind);
  const known = kind === "plain" ? [segmentVersion] : [segmentVersion, salvagedVersion];
  if (header !== undefined && !known.includes(header.version)) {
    throw unsupportedVersion(path, 8, header.version);
  }
  return header;
}

/** A segment with its file open; sealed meanwhile, perhaps. */
export interface OpenedSegment {
  segment: Segment;
  file: LogFile;
}

/**
 * Opens a segment for reading. Between being listed and being opened it may have been sealed: then its
 * replacement is opened; or dropped: then the result is undefined.
 */
export async function openSegment(files: FileSystem, segment: Segment): Promise<OpenedSegment | undefined> {
  const current = currentOf(segment);
  try {
    if (!current.dropped) return { segment: current, file: await files.open(current.path, "read") };
  } catch (cause) {
    if (currentOf(segment) !== current) return openSegment(files, segment);
    if (!current.dropped) throw missingFile(current, cause);
  }
  return undefined;
}

function currentOf(segment: Segment): Segment {
  return segment.kind === "plain" && segment.replacement !== undefined ? segment.replacement : segment;
}

function missingFile({ path }: Segment, cause: unknown): unknown {
  if (systemErrorCode(cause) !== "ENOENT") return cause;
  return new LogError("CORRUPT", "the segment's file is missing", {
    segment: path,
    hint: "Someone removed it: restore it from a backup",
    cause,
  });
}

export function unsupportedVersion(path: string, offset: number, version?: number): LogError {
  return new LogError(
    "UNSUPPORTED_VERSION",
    `format ${version ?? "of a record"} is newer than this release knows`,
    {
      segment: path,
      offset,
      hint: "Upgrade to the release that wrote it, or a newer one. Nothing was changed",
    },
  );
}

export function corrupt(message: string, path: string, offset: number, hint = restoreHint): LogError {
  return new LogError("CORRUPT", message, { segment: path, offset, hint });
}

/** @returns damage instead of an error that says that the disk cannot read a sector; any other as it is */
export function asDamage(error: unknown, path: string, offset: number): unknown {
  if (systemErrorCode(error) !== "EIO") return error;
  return new LogError("CORRUPT", "the disk cannot read this", {
    segment: path,
    offset,
    hint: "Restore the file from a backup, on another disk",
    cause: error,
  });
}

const restoreHint =
  "Nothing was changed. Keep a copy of the directory, check the disk, then restore this file from a backup";
