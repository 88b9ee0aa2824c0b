import type { LogError } from "./errors";
import type { FileSystem, LogFile } from "./files";
import {
  decodeRecord,
  keyText,
  type LogRecord,
  recordKeyText,
  recordLength,
  recordPosition,
  recordStream,
} from "./record";
import { corrupt, type Segment, unsupportedVersion } from "./segment";
import type { IndexedRange } from "./segment-index";
import { SegmentScan } from "./segment-scan";

interface KeyFilter {
  key: Uint8Array;
  /** All streams if undefined. */
  stream: number | undefined;
}

/** Records after `after`, up to and including `through`; of one key, or of all. */
export interface ReadRange {
  after: number;
  through: number;
  filter?: KeyFilter;
}

/**
 * Yields the records of `segments` that lie in `range`, in order. What is read must be durable when this
 * is called; segments may grow meanwhile.
 *
 * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION
 */
export async function* readRecords(
  files: FileSystem,
  segments: readonly Segment[],
  range: ReadRange,
): AsyncGenerator<LogRecord, void, undefined> {
  for (const segment of segments) {
    if (segment.lastPosition <= range.after) continue;
    if (segment.header.base > range.through) return;
    yield* readSegment(files, segment, range);
  }
}

async function* readSegment(
  files: FileSystem,
  segment: Segment,
  range: ReadRange,
): AsyncGenerator<LogRecord, void, undefined> {
  const ranges = rangesOf(segment, range);
  if (ranges.length === 0) return;
  const file = await files.open(segment.path, "read");
  try {
    for (const indexed of ranges) yield* readIndexed(file, segment, indexed, range);
  } finally {
    await file.close();
  }
}

function rangesOf({ index }: Segment, { after, filter }: ReadRange): IndexedRange[] {
  if (filter !== undefined) return index.rangesOf(keyText(filter.key), after);
  const range = index.seek(after);
  return range === undefined ? [] : [range];
}

async function* readIndexed(
  file: LogFile,
  segment: Segment,
  indexed: IndexedRange,
  { after, through, filter }: ReadRange,
): AsyncGenerator<LogRecord, void, undefined> {
  const scan = new SegmentScan(file, {
    salt: segment.header.salt,
    offset: indexed.offset,
    end: segment.end,
    position: indexed.position - 1,
    through,
    chunkBytes: Math.min(indexed.end - indexed.offset, chunkBytesMax),
  });
  const key = filter === undefined ? undefined : keyText(filter.key);
  while (scan.offset < indexed.end) {
    const chunk = await scan.next();
    if (chunk === undefined) break;
    for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
      if (chunk.offset + at >= indexed.end) return;
      if (recordPosition(chunk, at) <= after) continue;
      if (key !== undefined && recordKeyText(chunk, at) !== key) continue;
      if (filter?.stream !== undefined && recordStream(chunk, at) !== filter.stream) continue;
      yield decodeRecord(chunk, at);
    }
  }
  // What lies behind the range is not this reader's business.
  if (scan.problem !== undefined && scan.offset < indexed.end)
    throw describeProblem(scan.problem, segment.path, scan.offset);
}

const chunkBytesMax = 1024 * 1024;

/** The error for what made a scan stop. */
export function describeProblem(problem: "bad" | "unsupported", path: string, offset: number): LogError {
  return problem === "unsupported"
    ? unsupportedVersion(path, offset)
    : corrupt("a record is damaged", path, offset);
}
