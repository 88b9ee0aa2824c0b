import { mkdir, rm } from "node:fs/promises";
import { SnowflakeGenerator, type Ulid, ulidToBytes } from "@scriptorium/ids";
import type { Log, LogRecord, RecordInput } from "@scriptorium/log";
import { mergeRecords } from "../../archive/merge-records";
import { writeLog } from "../../backups/rewrite-log";
import { makeWhole, syncDirectory } from "../../backups/staging";
import type { Progress } from "../../operations/progress";
import { encodeCatalogueRecord } from "../../storage/catalogue-record";
import { adoptNextLog, nextLogDirectory } from "../../storage/next-log";
import { CatalogueKind, instanceKey, Stream } from "../../storage/stream";

/** A document that comes from elsewhere. */
export interface Addition {
  readonly id: Ulid;
  /** See `ImportedRecord`. */
  readonly from: string;
  readonly epoch: string;
}

export interface Additions {
  readonly documents: readonly Addition[];
  /** All of their records, in the order of their revisions. */
  readonly records: AsyncIterable<RecordInput>;
}

export interface AddOptions {
  readonly dataDirectory: string;
  /** The log there, open. */
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly writing: Progress;
}

/**
 * Makes a new log of the one there is and of documents that are not in it, each record where its revision belongs, and puts it
 * into the place of the old one. All of it happens, or nothing: what is on disk when the process is killed is either of no
 * use to anybody, or is put into place by whoever opens the directory next.
 *
 * @returns where the log before is kept; undefined if it had no records
 */
export async function addDocuments(additions: Additions, options: AddOptions): Promise<string | undefined> {
  const { dataDirectory, log, signal, writing } = options;
  const { bytes, durablePosition } = log.statistics();
  async function* existing(): AsyncGenerator<LogRecord, void, undefined> {
    for await (const record of log.read()) {
      signal.throwIfAborted();
      writing.update((bytes * record.position) / durablePosition, bytes);
      yield record;
    }
  }
  await makeWhole(nextLogDirectory(dataDirectory), async (directory) => {
    await mkdir(directory, { recursive: true });
    await writeLog(directory, allRecords(existing(), additions, log.newestRevision));
    await syncDirectory(directory);
  });
  writing.end();
  const kept = await adoptNextLog(dataDirectory);
  if (kept === undefined || durablePosition > 0) return kept;
  await rm(kept, { recursive: true });
  return undefined;
}

async function* allRecords(
  existing: AsyncIterable<RecordInput>,
  { documents, records }: Additions,
  newestHere: bigint,
): AsyncGenerator<RecordInput, void, undefined> {
  let newest = newestHere;
  for await (const record of mergeRecords(existing, records)) {
    if (record.revision > newest) newest = record.revision;
    yield record;
  }
  const revisions = new SnowflakeGenerator({ node: 0, above: newest });
  for (const { id, from, epoch } of documents) {
    yield {
      revision: revisions.next(),
      key: ulidToBytes(id),
      stream: Stream.catalogue,
      kind: CatalogueKind.imported,
      author: instanceKey,
      payload: encodeCatalogueRecord({ from, epoch }),
    };
  }
}
