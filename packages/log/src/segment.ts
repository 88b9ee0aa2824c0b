import { LogError } from "./errors";
import type { FileSystem } from "./files";
import { decodeSegmentHeader, type SegmentHeader, segmentBase, segmentHeaderBytes } from "./segment-header";
import type { SegmentIndex } from "./segment-index";

/** What the log knows of one segment file. */
export interface Segment {
  readonly path: string;
  readonly header: SegmentHeader;
  readonly index: SegmentIndex;
  /** Readers stop here: just behind the last record that counts as durable. */
  end: number;
  /** Position of that record; the header's `previous` while there is none. */
  lastPosition: number;
}

/** @returns the base positions of the directory's segments, ascending; other files are none of ours */
export async function listSegmentBases(files: FileSystem, directory: string): Promise<number[]> {
  const bases: number[] = [];
  for (const name of await files.list(directory)) {
    const base = segmentBase(name);
    if (base !== undefined) bases.push(base);
  }
  return bases.sort((a, b) => a - b);
}

/** Reads a segment's first bytes; undefined if they are not an intact header. */
export async function readSegmentHeader(
  file: { readAt(target: Uint8Array, offset: number): Promise<number> },
  path: string,
): Promise<SegmentHeader | undefined> {
  const bytes = new Uint8Array(segmentHeaderBytes);
  const filled = await file.readAt(bytes, 0);
  const header = decodeSegmentHeader(bytes.subarray(0, filled));
  if (header !== undefined && header.version !== 1) throw unsupportedVersion(path, 8, header.version);
  return header;
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

const restoreHint =
  "Nothing was changed. Keep a copy of the directory, check the disk, then restore this file from a backup";
