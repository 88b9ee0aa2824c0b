import { Log, LogReader, type LogRecord, type RecordInput } from "@scriptorium/log";

const mebibyte = 1024 * 1024;
/** Whatever the server was configured to take. */
const recordBytesMax = 512 * mebibyte;
export const recordLimits = { recordBytesMax, pendingBytesMax: 2 * recordBytesMax } as const;
/** So much waits for the disk at most before more is read. */
const batchBytes = 4 * mebibyte;

/**
 * The records of a log that nobody writes, in batches.
 *
 * @param after position of the last record that was dropped, 0 if none
 * @param through position of the last one wanted
 * @throws {LogError} CORRUPT
 */
export async function* readThrough(
  directory: string,
  { after, through }: { readonly after: number; readonly through: number },
): AsyncGenerator<LogRecord[], void, undefined> {
  // A copy made while segments were dropped may have some of them, from in between.
  const reader = await LogReader.open({ directory, after });
  try {
    yield* reader.readBatches(through);
  } finally {
    await reader.close();
  }
}

/** Writes records, in their order, with their revisions and authors, as a new log. Durable when this resolves. */
export async function writeLog(directory: string, records: AsyncIterable<RecordInput>): Promise<void> {
  // Until the directory has its name nobody relies on it: syncing can wait for the end, sealing for the server.
  const log = await Log.open({
    directory,
    durability: "os",
    sealing: false,
    ...recordLimits,
  });
  try {
    let waiting = 0;
    let durable: Promise<void> = Promise.resolve();
    for await (const record of records) {
      ({ durable } = log.append(record));
      waiting += record.payload.byteLength + 64;
      if (waiting < batchBytes) continue;
      await durable;
      waiting = 0;
    }
    await durable;
  } finally {
    await log.close();
  }
}
