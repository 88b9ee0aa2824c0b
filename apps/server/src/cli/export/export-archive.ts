import { existsSync } from "node:fs";
import { LogReader, type LogRecord } from "@scriptorium/log";
import { type ArchiveTotals, encodeArchive } from "../../archive/encode-archive";
import { wholeRecords } from "../../archive/whole-records";
import type { Progress } from "../../operations/progress";
import { instanceKey } from "../../storage/stream";
import { type SoundLog, soundLog } from "./sound-log";
import { inTheWay, writeGzipFile } from "./write-file";

export interface ExportArchiveOptions {
  readonly logDirectory: string;
  /** Only this document's records, 16 bytes; undefined for all. */
  readonly key: Uint8Array | undefined;
  /** Of this product. */
  readonly version: string;
  readonly createdAt: Date;
  readonly signal: AbortSignal;
  readonly verifying: Progress;
  readonly reading: Progress;
}

/**
 * Writes all documents with their history as one file, while a server may be writing the log.
 *
 * @throws {OperationError} IN_THE_WAY, DAMAGED, and what log and disk may say: there is no file then
 */
export async function exportArchive(target: string, options: ExportArchiveOptions): Promise<ArchiveTotals> {
  if (existsSync(target)) throw inTheWay(target);
  const archive = new CountedArchive(await linesOf(options));
  await writeGzipFile(target, archive, options.signal);
  options.reading.end();
  return archive.totals;
}

/** The pieces of an archive, uncompressed, as it would be now. */
export async function linesOf(
  options: ExportArchiveOptions,
): Promise<AsyncGenerator<Buffer, ArchiveTotals, undefined>> {
  const { logDirectory, key, version, createdAt, signal, verifying, reading } = options;
  const log = await soundLog(logDirectory, signal, verifying);
  async function* read(): AsyncGenerator<LogRecord, void, undefined> {
    const records = key === undefined ? readAll(log) : readDocument(log, key);
    for await (const record of records) {
      reading.update((log.bytes * record.position) / log.lastPosition, log.bytes);
      yield record;
    }
  }
  return encodeArchive({ records: wholeRecords(read, signal), product: version, createdAt });
}

/** All records, or those of one key. */
async function* readAll(
  { directory, horizonPosition, lastPosition }: SoundLog,
  key?: Uint8Array,
): AsyncGenerator<LogRecord, void, undefined> {
  const reader = await LogReader.open({ directory, after: horizonPosition, ...(key && { key }) });
  try {
    yield* reader.read(lastPosition);
  } finally {
    await reader.close();
  }
}

/** The records of one document, and between them those that concern all. */
async function* readDocument(log: SoundLog, key: Uint8Array): AsyncGenerator<LogRecord, void, undefined> {
  const common: LogRecord[] = [];
  for await (const record of readAll(log, instanceKey)) common.push(record);
  for await (const record of readAll(log, key)) {
    while (common[0] !== undefined && common[0].position < record.position) yield* common.splice(0, 1);
    yield record;
  }
  yield* common;
}

/** Remembers what a generator of pieces returns, which whoever only iterates never sees. */
export class CountedArchive implements AsyncIterable<Buffer> {
  readonly #pieces: AsyncGenerator<Buffer, ArchiveTotals, undefined>;
  #totals: ArchiveTotals | undefined;

  constructor(pieces: AsyncGenerator<Buffer, ArchiveTotals, undefined>) {
    this.#pieces = pieces;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    this.#totals = yield* this.#pieces;
  }

  /** Once all pieces are taken. */
  get totals(): ArchiveTotals {
    if (this.#totals === undefined) throw new Error("the archive is not complete yet");
    return this.#totals;
  }
}
