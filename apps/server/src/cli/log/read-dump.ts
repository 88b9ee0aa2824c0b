import { inspectLog, LogReader, type LogRecord } from "@scriptorium/log";

export interface DumpRange {
  /** Only records of this key, 16 bytes. */
  readonly key: Uint8Array | undefined;
  /** Only records behind this position. */
  readonly after: number;
  /** At most so many records. */
  readonly limit: number;
}

/**
 * The records of a log in the order of their positions, as far as it goes now. Someone else may be writing it. Of one
 * key, sealed segments are read no further than their indexes and the blocks that hold it.
 *
 * @throws {LogError} CORRUPT when it comes to damage, DIRECTORY_UNUSABLE
 */
export async function* readDump(
  directory: string,
  { key, after, limit }: DumpRange,
): AsyncGenerator<LogRecord, void, undefined> {
  if (limit === 0) return;
  const { lastPosition } = await inspectLog(directory);
  const reader = await LogReader.open({ directory, after, ...(key && { key }) });
  try {
    let count = 0;
    for await (const record of reader.read(lastPosition)) {
      yield record;
      count += 1;
      if (count >= limit) return;
    }
  } finally {
    await reader.close();
  }
}
