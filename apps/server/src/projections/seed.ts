import { ulidFromBytes } from "@scriptorium/ids";
import { LogReader, type LogRecord } from "@scriptorium/log";
import * as Y from "yjs";
import { decodeSnapshotRecord } from "../storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../storage/stream";
import { toCheckpoint } from "./checkpoint";
import type { ProjectionStore } from "./projection-store";

/**
 * Begins projections with what the log says of its dropped beginning: with the snapshots, and the checkpoints that
 * follow them, of a moment before the first record that is left. Those of a later moment stand for records that are
 * still there. Reads all of the log up to `through`: they lie behind most of what follows on them.
 *
 * Done again, it comes to the same.
 */
export async function seed(store: ProjectionStore, logDirectory: string, through: number): Promise<void> {
  // Reading on from the beginning will meet the same damage, and mark it.
  const reader = await LogReader.open({ directory: logDirectory, onDamage: () => {} });
  let seeding: Seeding | undefined;
  try {
    for await (const record of reader.read(through)) {
      seeding ??= new Seeding(store, record);
      seeding.take(record);
    }
  } finally {
    await reader.close();
  }
}

class Seeding {
  readonly #store: ProjectionStore;
  readonly #first: LogRecord;
  /** By document: the moment of the snapshot that it begins with. */
  readonly #asOf = new Map<string, bigint>();

  /** @param first the first record that is left of the log */
  constructor(store: ProjectionStore, first: LogRecord) {
    this.#store = store;
    this.#first = first;
  }

  take(record: LogRecord): void {
    const id = ulidFromBytes(record.key);
    if (record.stream === Stream.catalogue && record.kind === CatalogueKind.snapshot) {
      this.#takeSnapshot(id, record);
    }
    if (record.stream === Stream.text && record.kind === TextKind.checkpoint)
      this.#takeCheckpoint(id, record);
  }

  #takeSnapshot(id: string, { payload }: LogRecord): void {
    const { asOf, ...snapshot } = decodeSnapshotRecord(payload);
    if (asOf >= this.#first.revision) {
      // The checkpoint that follows is of the same moment.
      this.#asOf.delete(id);
      return;
    }
    this.#asOf.set(id, asOf);
    this.#store.putSnapshot(id, snapshot);
  }

  #takeCheckpoint(id: string, { payload }: LogRecord): void {
    const asOf = this.#asOf.get(id);
    if (asOf === undefined) return;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, payload);
    this.#store.putCheckpoint(id, toCheckpoint(doc, this.#first.position - 1, asOf));
    doc.destroy();
  }
}
