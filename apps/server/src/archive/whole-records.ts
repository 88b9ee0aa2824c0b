import { ulidFromBytes } from "@scriptorium/ids";
import type { LogRecord, RecordInput } from "@scriptorium/log";
import {
  decodeSnapshotRecord,
  encodeCatalogueRecord,
  type SnapshotRecord,
} from "../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../storage/stream";
import { RecordSpool } from "./record-spool";

/** Reads a log, or what of it concerns one document, from its beginning, each time anew. */
type ReadLog = () => AsyncIterable<Readonly<LogRecord>>;

/**
 * The records of a log, so that they tell of each document from its beginning. Where the log's beginning was dropped, its
 * snapshots and checkpoints say what that came to: each document begins with its creation and one edit then, by nobody, of
 * the time when it was last edited before. Otherwise they are no part of this.
 */
export async function* wholeRecords(
  read: ReadLog,
  signal: AbortSignal,
): AsyncGenerator<Readonly<RecordInput>, void, undefined> {
  const beginnings = await findBeginnings(read());
  if (beginnings.size > 0) {
    const spool = new RecordSpool();
    try {
      await spoolBeginnings(read(), beginnings, spool);
      yield* spool.sorted();
    } finally {
      spool.close();
    }
  }
  for await (const record of read()) {
    signal.throwIfAborted();
    if (!standsForOthers(record)) yield record;
  }
}

/** Whether a record is there only for when others are gone. */
function standsForOthers({ stream, kind }: RecordInput): boolean {
  if (stream === Stream.text) return kind === TextKind.checkpoint;
  return stream === Stream.catalogue && kind === CatalogueKind.snapshot;
}

/** By document: the position of the snapshot that it begins with, which is the newest of before the first record there is. */
async function findBeginnings(records: AsyncIterable<Readonly<LogRecord>>): Promise<Map<string, number>> {
  const positions = new Map<string, number>();
  let first: bigint | undefined;
  for await (const { key, stream, kind, revision, position, payload } of records) {
    first ??= revision;
    if (stream !== Stream.catalogue || kind !== CatalogueKind.snapshot) continue;
    if (decodeSnapshotRecord(payload).asOf < first) positions.set(ulidFromBytes(key), position);
  }
  return positions;
}

async function spoolBeginnings(
  records: AsyncIterable<Readonly<LogRecord>>,
  positions: ReadonlyMap<string, number>,
  spool: RecordSpool,
): Promise<void> {
  /** Whose snapshot was read, and not yet the checkpoint that follows it. */
  const begun = new Map<string, SnapshotRecord>();
  for await (const record of records) {
    if (!standsForOthers(record)) continue;
    const { key, stream, position, payload } = record;
    const id = ulidFromBytes(key);
    if (stream === Stream.catalogue) {
      begun.delete(id);
      if (positions.get(id) !== position) continue;
      const snapshot = decodeSnapshotRecord(payload);
      begun.set(id, snapshot);
      spoolCatalogue(key, snapshot, spool);
      continue;
    }
    const snapshot = begun.get(id);
    if (snapshot === undefined) continue;
    begun.delete(id);
    const text = { key, author: instanceKey, stream: Stream.text, kind: TextKind.update, payload };
    spool.add({ ...text, timeMs: snapshot.updatedMs });
  }
}

function spoolCatalogue(key: Uint8Array, snapshot: SnapshotRecord, spool: RecordSpool): void {
  const { title, language, tags, createdMs, deletedMs, epoch } = snapshot;
  const add = (kind: number, timeMs: number, payload: Uint8Array) =>
    spool.add({ key, author: instanceKey, stream: Stream.catalogue, kind, timeMs, payload });
  if (title !== null) {
    const created = { title, ...(language !== null && { language }), tags };
    add(CatalogueKind.created, createdMs, encodeCatalogueRecord(created));
    add(CatalogueKind.imported, createdMs, encodeCatalogueRecord({ from: "snapshot", epoch }));
  }
  if (deletedMs !== null) add(CatalogueKind.deleted, deletedMs, new Uint8Array());
}
