import { LogError } from "./errors";
import type { FileSystem } from "./files";
import type { IndexCache } from "./index-cache";
import { readPlain } from "./read-plain";
import type { ReadRange } from "./read-range";
import { readSealedAll, readSealedKey, reportDamage } from "./read-sealed";
import type { LogRecord } from "./record";
import { readIndex } from "./sealed-segment";
import { type OpenedSegment, openSegment, type SealedSegment, type Segment } from "./segment";

/**
 * Yields the records of `segments` that lie in `range`, in order, in batches. What is read must be durable
 * when this is called; segments may grow, be sealed, or be dropped meanwhile.
 *
 * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION
 */
export async function* readRecords(
  files: FileSystem,
  cache: IndexCache,
  segments: readonly Segment[],
  range: ReadRange,
): AsyncGenerator<LogRecord[], void, undefined> {
  const ordered = range.reverse ? segments.toReversed() : segments;
  for (const segment of ordered) {
    if (segment.lastPosition <= range.after || segment.base > range.through) continue;
    if (segment.kind === "damaged") reportDamage(segment.problem, range.onDamage);
    else yield* readSegment(files, cache, segment, range);
  }
}

async function* readSegment(
  files: FileSystem,
  cache: IndexCache,
  wanted: Segment,
  range: ReadRange,
): AsyncGenerator<LogRecord[], void, undefined> {
  const opened = await openSegment(files, wanted);
  if (opened === undefined) return;
  const { segment, file } = opened;
  try {
    if (segment.kind === "plain") yield* readPlain(file, segment, range);
    else if (segment.kind === "sealed") yield* readSealed({ segment, file }, cache, range);
  } finally {
    await file.close();
  }
}

async function* readSealed(
  { segment, file }: OpenedSegment & { segment: SealedSegment },
  cache: IndexCache,
  range: ReadRange,
): AsyncGenerator<LogRecord[], void, undefined> {
  const { filter, sinceRevision } = range;
  if (sinceRevision !== undefined && segment.trailer.revisionMax < sinceRevision) return;
  try {
    const index = await cache.get(segment.path, () => readIndex(file, segment));
    const open = { file, segment, index };
    yield* filter === undefined ? readSealedAll(open, range) : readSealedKey(open, filter.key, range);
  } catch (error) {
    // Blocks report for themselves: this is the index.
    if (!(error instanceof LogError)) throw error;
    reportDamage(error, range.onDamage);
  }
}

/** The records of batches, one by one. */
export async function* flatten(
  batches: AsyncIterable<LogRecord[]>,
): AsyncGenerator<LogRecord, void, undefined> {
  for await (const batch of batches) yield* batch;
}
