import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import type { SnapshotRecord } from "../storage/catalogue-record";
import type { Checkpoint } from "./checkpoint";
import { DocumentTags } from "./document-tags";
import type { Quarantined } from "./materialise";
import { createSchema, schemaVersion } from "./schema";
import { StatisticsStore } from "./statistics/statistics-store";
import { foldText, titleKey } from "./title-key";

export interface Progress {
  readonly applied: number;
  readonly resume: number;
}

/** A document's row of the catalogue, as the log keeps it for when the records are gone. */
export type Snapshot = Omit<SnapshotRecord, "asOf">;

/** A place in the log that cannot be read. */
export interface DamagedPlace {
  /** Path of the segment. */
  readonly segment: string;
  readonly offset: number;
  /** In words. */
  readonly because: string;
  /** Newest time of a document that may be concerned without being known here yet; undefined if that is open. */
  readonly hiddenUntilMs: number | undefined;
}

export interface EditCount {
  readonly documentId: string;
  readonly edits: number;
  readonly updatedMs: number;
  /** Of the newest of them. */
  readonly position: number;
}

/** The writing side of the projections' database. There is one, in the worker. */
export class ProjectionStore {
  readonly statistics: StatisticsStore;
  readonly #database: BetterSqlite3.Database;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #tags: DocumentTags;

  private constructor(database: BetterSqlite3.Database) {
    this.#database = database;
    this.#statements = prepare(database);
    this.#tags = new DocumentTags(database);
    this.statistics = new StatisticsStore(database);
  }

  /** Removes the database, so that the next `open` begins a new one. */
  static discard(file: string): void {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  }

  /**
   * Opens the database, or begins a new one where there is none, where its version is another one, where it is
   * damaged, where it knows more than the log, whose newest durable position is `logEnd`, where it needs records that
   * the log has dropped, up to `logBegin`, or where a damaged segment that it passed over has been repaired.
   */
  static open(file: string, logEnd: number, logBegin = 0): ProjectionStore {
    const existing = openExisting(file, logEnd, logBegin);
    if (existing !== undefined) return existing;
    ProjectionStore.discard(file);
    mkdirSync(dirname(file), { recursive: true });
    const database = connect(file);
    database.transaction(() => createSchema(database))();
    return new ProjectionStore(database);
  }

  /** @throws if `file` is not a usable database of this version. */
  static openCurrent(file: string): ProjectionStore {
    const database = connect(file);
    try {
      if (database.pragma("user_version", { simple: true }) !== schemaVersion) {
        throw new Error("another schema version");
      }
      return new ProjectionStore(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Whether a damaged segment that was passed over is not the file any more that it was. */
  wasRepaired(): boolean {
    return this.#statements.damages
      .all()
      .some(({ segment, file_state }) => fileState(segment) !== file_state);
  }

  /** Runs `change` so that all of it is seen at once, or none. */
  transaction(change: () => void): void {
    this.#database.transaction(change)();
  }

  progress(): Progress {
    const row = this.#statements.progress.get();
    if (row === undefined) throw new Error("the projections' database has no progress row");
    return row;
  }

  setProgress({ applied, resume }: Progress): void {
    this.#statements.setProgress.run(applied, resume);
  }

  /** @param position of the record that says so */
  insertDocument(
    id: string,
    title: string,
    language: string | undefined,
    createdMs: number,
    position: number,
  ): void {
    const folded = foldText(title);
    const key = titleKey(title);
    this.#statements.insertDocument.run(
      id,
      title,
      folded,
      key,
      language ?? null,
      createdMs,
      createdMs,
      id,
      position,
    );
  }

  /** What all records of a document up to now come to; undefined if there was none. */
  snapshot(id: string): Snapshot | undefined {
    const row = this.#statements.snapshot.get(id);
    return row && { ...row, tags: JSON.parse(row.tags), statistics: this.statistics.snapshot(id) };
  }

  /** Begins a document with what its dropped records came to. */
  putSnapshot(id: string, snapshot: Snapshot): void {
    const { title, language, createdMs, updatedMs, deletedMs, epoch, edits, tags, statistics } = snapshot;
    // While they count as they did.
    this.#tags.set(id, []);
    const folded = foldText(title ?? "");
    const key = titleKey(title ?? "");
    this.#statements.putSnapshot.run(
      id,
      title,
      folded,
      key,
      language,
      createdMs,
      updatedMs,
      deletedMs,
      epoch,
      edits,
    );
    this.#tags.set(id, tags);
    if (statistics !== undefined) this.statistics.putSnapshot(id, statistics);
  }

  /** Which damage may concern a document, in words; undefined if none does. */
  damagedBecause(id: string): string | undefined {
    return this.#statements.damagedBecause.get(id)?.damaged_because ?? undefined;
  }

  documentIds(): string[] {
    return this.#statements.documentIds.all().map(({ id }) => id);
  }

  /** @param position of the record that says so */
  renameDocument(id: string, title: string, updatedMs: number, position: number): void {
    this.#statements.renameDocument.run(title, foldText(title), titleKey(title), updatedMs, position, id);
  }

  /** The tags that a document has from now on. They are no part of what is edited, and change no time. */
  setTags(id: string, tags: readonly string[]): void {
    this.#tags.set(id, tags);
  }

  /** Notes a place that cannot be read, as its file is now. */
  noteDamage({ segment, offset, because, hiddenUntilMs }: DamagedPlace): void {
    this.#statements.noteDamage.run(segment, offset, because, fileState(segment), hiddenUntilMs ?? null);
  }

  /** Says up to when the documents were minted that places noted without such a time may concern. */
  closeDamages(hiddenUntilMs: number): void {
    this.#statements.closeDamages.run(hiddenUntilMs);
  }

  /** The places that may concern documents which are not known here yet. */
  openDamage(): { because: string; hiddenUntilMs: number | undefined } | undefined {
    const row = this.#statements.openDamage.get();
    return row && { because: row.because, hiddenUntilMs: row.hidden_until_ms ?? undefined };
  }

  /** Marks a document of which something may be lost. One that is not known becomes so: its beginning is lost. */
  markDamaged(id: string, because: string, createdMs: number): void {
    this.#statements.markDamaged.run(id, createdMs, createdMs, id, because);
  }

  /** Marks all documents there are. */
  markAllDamaged(because: string): void {
    this.#statements.markAllDamaged.run(because);
  }

  /** @param deletedMs undefined takes the document out of the trash */
  setDeleted(id: string, deletedMs: number | undefined): void {
    this.#statements.setDeleted.run(deletedMs ?? null, id);
  }

  /** Gives all documents that there are a new epoch. */
  setEpoch(epoch: string): void {
    this.#statements.setEpoch.run(epoch);
  }

  setEpochOf(id: string, epoch: string): void {
    this.#statements.setEpochOf.run(epoch, id);
  }

  countEdits({ documentId, edits, updatedMs, position }: EditCount): void {
    this.#statements.countEdits.run(documentId, updatedMs, updatedMs, documentId, edits, position);
  }

  checkpoint(documentId: string): Checkpoint | undefined {
    return readCheckpoint(this.#statements.checkpoint.get(documentId));
  }

  /** Position and size in bytes of a checkpoint, without its state. */
  checkpointExtent(documentId: string): { position: number; bytes: number } | undefined {
    return this.#statements.checkpointExtent.get(documentId);
  }

  /** The revision through which a checkpoint holds the text, as decimal text. */
  checkpointRevision(documentId: string): string | undefined {
    return this.#statements.checkpointRevision.get(documentId)?.revision;
  }

  /** What a checkpoint holds, without its content. */
  checkpointClocks(documentId: string): Pick<Checkpoint, "stateVector" | "deleteSet"> | undefined {
    return this.#statements.checkpointClocks.get(documentId);
  }

  putCheckpoint(documentId: string, checkpoint: Checkpoint): void {
    const { position, revision, state, stateVector, deleteSet, deflated } = checkpoint;
    this.#statements.putCheckpoint.run(
      documentId,
      position,
      String(revision),
      state,
      stateVector,
      deleteSet,
      deflated ?? null,
    );
  }

  quarantine(documentId: string, { position, error }: Quarantined): void {
    this.#statements.quarantine.run(position, documentId, error);
  }

  close(): void {
    this.#database.close();
  }
}

type SnapshotRow = Omit<Snapshot, "tags" | "statistics"> & { readonly tags: string };

export interface CheckpointRow {
  readonly position: number;
  readonly revision: string;
  readonly state: Buffer;
  readonly state_vector: Buffer;
  readonly delete_set: Buffer;
  readonly deflated: Buffer | null;
}

export function readCheckpoint(row: CheckpointRow | undefined): Checkpoint | undefined {
  if (row === undefined) return undefined;
  return {
    position: row.position,
    revision: BigInt(row.revision),
    state: row.state,
    stateVector: row.state_vector,
    deleteSet: row.delete_set,
    deflated: row.deflated ?? undefined,
  };
}

export const selectCheckpoint =
  "SELECT position, revision, state, state_vector, delete_set, deflated FROM checkpoints WHERE document_id = ?";

function openExisting(file: string, logEnd: number, logBegin: number): ProjectionStore | undefined {
  let store: ProjectionStore | undefined;
  try {
    store = ProjectionStore.openCurrent(file);
    const { applied, resume } = store.progress();
    if (applied <= logEnd && resume >= logBegin && !store.wasRepaired()) return store;
  } catch {
    // Not usable: like one that is not there.
  }
  store?.close();
  return undefined;
}

/** Changes when a file is written, replaced or removed. */
function fileState(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.ino} ${stats.size} ${stats.ctimeNs}`;
}

function connect(file: string): BetterSqlite3.Database {
  mkdirSync(dirname(file), { recursive: true });
  const database = new BetterSqlite3(file);
  try {
    database.pragma("journal_mode = WAL");
    // The log is the truth: what a power cut takes from here is built again.
    database.pragma("synchronous = NORMAL");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepare(database: BetterSqlite3.Database) {
  return {
    progress: database.prepare<[], Progress>("SELECT applied, resume FROM progress"),
    setProgress: database.prepare<[number, number]>("UPDATE progress SET applied = ?, resume = ?"),
    insertDocument: database.prepare<
      [string, string, string, string, string | null, number, number, string, number]
    >(
      `INSERT INTO documents (id, title, title_folded, title_key, language, created_ms, updated_ms, epoch,
         changed_position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET title = excluded.title, title_folded = excluded.title_folded,
         title_key = excluded.title_key, language = excluded.language, created_ms = excluded.created_ms,
         updated_ms = max(updated_ms, excluded.updated_ms), epoch = excluded.epoch,
         changed_position = excluded.changed_position`,
    ),
    snapshot: database.prepare<[string], SnapshotRow>(
      `SELECT title, language, created_ms AS "createdMs", updated_ms AS "updatedMs", deleted_ms AS "deletedMs", epoch,
         edits, tags FROM documents WHERE id = ?`,
    ),
    putSnapshot: database.prepare<
      [string, string | null, string, string, string | null, number, number, number | null, string, number]
    >(
      `INSERT OR REPLACE INTO documents (id, title, title_folded, title_key, language, created_ms, updated_ms,
         deleted_ms, epoch, edits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    damagedBecause: database.prepare<[string], { damaged_because: string | null }>(
      "SELECT damaged_because FROM documents WHERE id = ?",
    ),
    documentIds: database.prepare<[], { id: string }>("SELECT id FROM documents ORDER BY id"),
    renameDocument: database.prepare<[string, string, string, number, number, string]>(
      `UPDATE documents SET title = ?, title_folded = ?, title_key = ?, updated_ms = max(updated_ms, ?),
         changed_position = ? WHERE id = ?`,
    ),
    setDeleted: database.prepare<[number | null, string]>("UPDATE documents SET deleted_ms = ? WHERE id = ?"),
    setEpoch: database.prepare<[string]>("UPDATE documents SET epoch = ?"),
    setEpochOf: database.prepare<[string, string]>("UPDATE documents SET epoch = ? WHERE id = ?"),
    // A document's first text comes before the record that gives it a title.
    countEdits: database.prepare<[string, number, number, string, number, number]>(
      `INSERT INTO documents (id, created_ms, updated_ms, epoch, edits, changed_position) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET edits = edits + excluded.edits, updated_ms = max(updated_ms, excluded.updated_ms),
         changed_position = max(changed_position, excluded.changed_position)`,
    ),
    damages: database.prepare<[], { segment: string; file_state: string }>(
      "SELECT segment, file_state FROM damages",
    ),
    noteDamage: database.prepare<[string, number, string, string, number | null]>(
      "INSERT OR REPLACE INTO damages (segment, offset, because, file_state, hidden_until_ms) VALUES (?, ?, ?, ?, ?)",
    ),
    closeDamages: database.prepare<[number]>(
      "UPDATE damages SET hidden_until_ms = ? WHERE hidden_until_ms IS NULL",
    ),
    openDamage: database.prepare<[], { because: string; hidden_until_ms: number | null }>(
      `SELECT because, hidden_until_ms FROM damages WHERE hidden_until_ms IS NULL OR hidden_until_ms > 0
       ORDER BY hidden_until_ms IS NULL DESC, hidden_until_ms DESC LIMIT 1`,
    ),
    markDamaged: database.prepare<[string, number, number, string, string]>(
      `INSERT INTO documents (id, title, created_ms, updated_ms, epoch, damaged_because) VALUES (?, '', ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET title = coalesce(title, ''),
         damaged_because = coalesce(damaged_because, excluded.damaged_because)`,
    ),
    markAllDamaged: database.prepare<[string]>(
      "UPDATE documents SET title = coalesce(title, ''), damaged_because = coalesce(damaged_because, ?)",
    ),
    checkpoint: database.prepare<[string], CheckpointRow>(selectCheckpoint),
    checkpointExtent: database.prepare<[string], { position: number; bytes: number }>(
      "SELECT position, length(state) AS bytes FROM checkpoints WHERE document_id = ?",
    ),
    checkpointRevision: database.prepare<[string], { revision: string }>(
      "SELECT revision FROM checkpoints WHERE document_id = ?",
    ),
    checkpointClocks: database.prepare<[string], { stateVector: Buffer; deleteSet: Buffer }>(
      `SELECT state_vector AS "stateVector", delete_set AS "deleteSet" FROM checkpoints WHERE document_id = ?`,
    ),
    putCheckpoint: database.prepare<
      [string, number, string, Uint8Array, Uint8Array, Uint8Array, Uint8Array | null]
    >(
      "INSERT OR REPLACE INTO checkpoints (document_id, position, revision, state, state_vector, delete_set, deflated) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    quarantine: database.prepare<[number, string, string]>(
      "INSERT OR REPLACE INTO quarantine (position, document_id, error) VALUES (?, ?, ?)",
    ),
  };
}
