import type { LogError } from "./errors";
import type { LogFile } from "./files";
import { isWanted, type ReadRange, wantedKey } from "./read-range";
import {
  decodeRecord,
  type LogRecord,
  recordKeyText,
  recordLength,
  recordPosition,
  recordStream,
} from "./record";
import { corrupt, type PlainSegment, unsupportedVersion } from "./segment";
import type { IndexedRange } from "./segment-index";
import { SegmentScan } from "./segment-scan";

const chunkBytesMax = 1024 * 1024;
/** What a step backwards reads forwards, in blocks of the index: 1 MiB. */
const reverseBlocks = 16;

/**
 * Yields the records of a plain segment that lie in `range`, in order, in batches.
 *
 * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION
 */
export async function* readPlain(
  file: LogFile,
  segment: PlainSegment,
  range: ReadRange,
): AsyncGenerator<LogRecord[], void, undefined> {
  const { index } = segment;
  const key = wantedKey(range);
  const blocksMax = range.reverse ? reverseBlocks : Number.POSITIVE_INFINITY;
  const stretches =
    key === undefined ? index.ranges(range.after, blocksMax) : index.rangesOf(key, range.after, blocksMax);
  if (!range.reverse) {
    for (const stretch of stretches) yield* readStretch(file, segment, stretch, range);
    return;
  }
  for (const stretch of stretches.reverse()) {
    if (stretch.position > range.through) continue;
    const batches: LogRecord[][] = [];
    for await (const batch of readStretch(file, segment, stretch, range)) batches.push(batch);
    for (const batch of batches.reverse()) yield batch.reverse();
  }
}

async function* readStretch(
  file: LogFile,
  segment: PlainSegment,
  stretch: IndexedRange,
  range: ReadRange,
): AsyncGenerator<LogRecord[], void, undefined> {
  const scan = new SegmentScan(file, {
    salt: segment.header.salt,
    offset: stretch.offset,
    end: segment.end,
    position: stretch.position - 1,
    through: range.through,
    chunkBytes: Math.min(stretch.end - stretch.offset, chunkBytesMax),
  });
  const key = wantedKey(range);
  while (scan.offset < stretch.end) {
    const chunk = await scan.next();
    if (chunk === undefined) break;
    const batch: LogRecord[] = [];
    for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
      if (chunk.offset + at >= stretch.end) break;
      if (recordPosition(chunk, at) <= range.after) continue;
      if (key !== undefined && recordKeyText(chunk, at) !== key) continue;
      // Looked at again below; but decoding copies the record.
      if (range.filter?.stream !== undefined && recordStream(chunk, at) !== range.filter.stream) continue;
      const record = decodeRecord(chunk, at);
      if (isWanted(record, range)) batch.push(record);
    }
    if (batch.length > 0) yield batch;
  }
  // What lies behind the range is not this reader's business.
  if (scan.problem !== undefined && scan.offset < stretch.end)
    throw describeProblem(scan.problem, segment.path, scan.offset);
}

/** The error for what made a scan stop. */
export function describeProblem(problem: "bad" | "unsupported", path: string, offset: number): LogError {
  return problem === "unsupported"
    ? unsupportedVersion(path, offset)
    : corrupt("a record is damaged", path, offset);
}
