import type BetterSqlite3 from "better-sqlite3";
import type { StatisticsSnapshot } from "../../storage/statistics-snapshot";
import { bucketOf, type Step, stepNames, steps } from "./steps";

/** Edits, and the characters that they brought and took. */
export interface EditSums {
  edits: number;
  inserted: number;
  deleted: number;
}

/** What is to be added to a document's row. */
export interface StatisticsIncrement extends EditSums {
  readonly documentId: string;
  readonly sinceMs: number;
  /** Of the newest update; undefined if there was none. */
  readonly revision: bigint | undefined;
  readonly editors: number;
  readonly views: number;
  readonly exports: number;
  readonly connectionsPeak: number;
  readonly usagePosition: number;
  readonly logBytes: number;
  readonly logRecords: number;
  readonly updateBytes: number;
}

/** Who an actor is. */
export interface Identity {
  /** See `document_authors`. */
  readonly author: string;
  readonly name: string | null;
}

interface AuthorRow extends EditSums {
  readonly author: string;
  readonly name: string | null;
  readonly lastMs: number;
}

/** Authors of a document beyond so many are counted together, the least busy first, … */
const authorsMax = 2000;
/** … so many at a time. */
const authorsFoldedAtOnce = 1000;
/** Actors that a snapshot names. */
const snapshotActorsMax = 1000;

/** The writing side of what is counted of documents. All in transactions of the caller's. */
export class StatisticsStore {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: BetterSqlite3.Database) {
    this.#statements = prepare(database);
  }

  add(increment: StatisticsIncrement): void {
    const { revision, ...sums } = increment;
    this.#statements.add.run({ ...sums, revision: revision === undefined ? null : String(revision) });
  }

  /** An author whose row is new gets `name`. */
  addToAuthor(documentId: string, { author, name }: Identity, sums: EditSums, lastMs: number): void {
    const { edits, inserted, deleted } = sums;
    this.#statements.addToAuthor.run({ documentId, author, name, edits, inserted, deleted, lastMs });
  }

  addToBucket(documentId: string, step: Step, start: number, sums: EditSums, editors: number): void {
    const { edits, inserted, deleted } = sums;
    const { number } = steps[step];
    this.#statements.addToBucket.run({ documentId, step: number, start, edits, inserted, deleted, editors });
  }

  /** Undefined of an actor who has never said who that is. */
  identity(documentId: string, actor: string): Identity | undefined {
    return this.#statements.identity.get(documentId, actor);
  }

  /** When an author edited last; undefined before the first time. */
  lastEditMs(documentId: string, author: string): number | undefined {
    return this.#statements.author.get(documentId, author)?.lastMs;
  }

  /** Says who an actor is. What was counted of the actor alone becomes that author's. */
  identify(documentId: string, actor: string, { author, name }: Identity, position: number): void {
    this.#statements.putActor.run(documentId, actor, author, name, position);
    const alone = `a:${actor}`;
    if (author !== alone) this.#merge(documentId, alone, author);
    this.#statements.nameAuthor.run(name, documentId, author);
  }

  #merge(documentId: string, from: string, into: string): void {
    const row = this.#statements.author.get(documentId, from);
    if (row === undefined) return;
    const other = this.#statements.author.get(documentId, into);
    this.#statements.removeAuthor.run(documentId, from);
    const lastMs = Math.max(row.lastMs, other?.lastMs ?? 0);
    this.addToAuthor(documentId, { author: into, name: row.name }, row, lastMs);
    if (other === undefined) return;
    // Both were counted, where they were at it at the same time.
    this.#statements.addEditors.run(-1, documentId);
    for (const step of stepNames) {
      const start = bucketOf(step, row.lastMs);
      if (start !== bucketOf(step, other.lastMs)) continue;
      this.addToBucket(documentId, step, start, { edits: 0, inserted: 0, deleted: 0 }, -1);
    }
  }

  /** Keeps the number of rows within bounds. */
  limitAuthors(documentId: string): void {
    const { authors = 0 } = this.#statements.countAuthors.get(documentId) ?? {};
    if (authors <= authorsMax) return;
    this.#statements.foldAuthors.run(documentId, authorsFoldedAtOnce);
    this.#statements.removeFolded.run(documentId, documentId, authorsFoldedAtOnce);
  }

  /** A checkpoint holds so many updates more. */
  settle(documentId: string, updates: number, bytes: number): void {
    this.#statements.settle.run(updates, bytes, documentId);
  }

  /** The history horizon is about to take so much of what was ever written. */
  drop(documentId: string, { logBytes, logRecords }: StatisticsSnapshot): void {
    this.#statements.drop.run(logBytes, logRecords, documentId);
  }

  /** Removes buckets that are older than those of their width are kept. */
  sweep(nowMs: number): void {
    for (const step of stepNames) {
      const { number, keptMs } = steps[step];
      if (keptMs === undefined) continue;
      // One more, so that all of the time is there at any moment of it.
      this.#statements.sweep.run(number, bucketOf(step, nowMs - keptMs) - 1);
    }
  }

  /** Undefined of a document of which nothing was counted. */
  snapshot(documentId: string): StatisticsSnapshot | undefined {
    const row = this.#statements.snapshot.get(documentId);
    if (row === undefined) return undefined;
    return {
      ...row,
      authors: this.#statements.authors.all(documentId),
      actors: this.#statements.actors.all(documentId, snapshotActorsMax),
      buckets: this.#statements.buckets.raw().all(documentId) as StatisticsSnapshot["buckets"],
    };
  }

  /** Begins a document with what its dropped records came to. Done again, it comes to the same. */
  putSnapshot(documentId: string, snapshot: StatisticsSnapshot): void {
    const { authors, actors, buckets, ...row } = snapshot;
    this.#statements.clear(documentId);
    this.#statements.putSnapshot.run({ ...row, documentId });
    for (const { lastMs, ...author } of authors) this.addToAuthor(documentId, author, author, lastMs);
    for (const { actor, author, name, position } of actors) {
      this.#statements.putActor.run(documentId, actor, author, name, position);
    }
    for (const [step, start, edits, inserted, deleted, editors] of buckets) {
      this.#statements.addToBucket.run({ documentId, step, start, edits, inserted, deleted, editors });
    }
  }
}

type AuthorParameters = AuthorRow & { readonly documentId: string };
type BucketParameters = EditSums & {
  readonly documentId: string;
  readonly step: number;
  readonly start: number;
  readonly editors: number;
};
type IncrementParameters = Omit<StatisticsIncrement, "revision"> & { readonly revision: string | null };
type StatisticsRow = Omit<StatisticsSnapshot, "authors" | "actors" | "buckets">;

function prepare(database: BetterSqlite3.Database) {
  const authorColumns = `author, name, edits, inserted, deleted, last_ms AS "lastMs"`;
  const leastBusy =
    "FROM document_authors WHERE document_id = ? AND author <> '' ORDER BY edits, author LIMIT ?";
  const removals = ["document_statistics", "document_authors", "document_actors", "edit_buckets"].map(
    (table) => database.prepare<[string]>(`DELETE FROM ${table} WHERE document_id = ?`),
  );
  return {
    clear: (documentId: string) => {
      for (const removal of removals) removal.run(documentId);
    },
    add: database.prepare<[IncrementParameters]>(
      `INSERT INTO document_statistics (document_id, since_ms, revision, edits, inserted, deleted, editors, views,
         exports, connections_peak, usage_position, log_bytes, log_records, unsettled, unsettled_bytes)
       VALUES (@documentId, @sinceMs, coalesce(@revision, '0'), @edits, @inserted, @deleted, @editors, @views, @exports,
         @connectionsPeak, @usagePosition, @logBytes, @logRecords, @edits, @updateBytes)
       ON CONFLICT DO UPDATE SET revision = coalesce(@revision, revision), edits = edits + @edits,
         inserted = inserted + @inserted, deleted = deleted + @deleted, editors = editors + @editors,
         views = views + @views, exports = exports + @exports,
         connections_peak = max(connections_peak, @connectionsPeak),
         usage_position = max(usage_position, @usagePosition), log_bytes = log_bytes + @logBytes,
         log_records = log_records + @logRecords, unsettled = unsettled + @edits,
         unsettled_bytes = unsettled_bytes + @updateBytes`,
    ),
    addEditors: database.prepare<[number, string]>(
      "UPDATE document_statistics SET editors = editors + ? WHERE document_id = ?",
    ),
    addToAuthor: database.prepare<[AuthorParameters]>(
      `INSERT INTO document_authors (document_id, author, name, edits, inserted, deleted, last_ms)
       VALUES (@documentId, @author, @name, @edits, @inserted, @deleted, @lastMs)
       ON CONFLICT DO UPDATE SET edits = edits + @edits, inserted = inserted + @inserted,
         deleted = deleted + @deleted, last_ms = max(last_ms, @lastMs)`,
    ),
    addToBucket: database.prepare<[BucketParameters]>(
      `INSERT INTO edit_buckets (document_id, step, start, edits, inserted, deleted, editors)
       VALUES (@documentId, @step, @start, @edits, @inserted, @deleted, @editors)
       ON CONFLICT DO UPDATE SET edits = edits + @edits, inserted = inserted + @inserted,
         deleted = deleted + @deleted, editors = editors + @editors`,
    ),
    identity: database.prepare<[string, string], Identity>(
      "SELECT author, name FROM document_actors WHERE document_id = ? AND actor = ?",
    ),
    putActor: database.prepare<[string, string, string, string | null, number]>(
      "INSERT OR REPLACE INTO document_actors (document_id, actor, author, name, position) VALUES (?, ?, ?, ?, ?)",
    ),
    author: database.prepare<[string, string], AuthorRow>(
      `SELECT ${authorColumns} FROM document_authors WHERE document_id = ? AND author = ?`,
    ),
    nameAuthor: database.prepare<[string | null, string, string]>(
      "UPDATE document_authors SET name = ? WHERE document_id = ? AND author = ?",
    ),
    removeAuthor: database.prepare<[string, string]>(
      "DELETE FROM document_authors WHERE document_id = ? AND author = ?",
    ),
    countAuthors: database.prepare<[string], { authors: number }>(
      "SELECT count(*) AS authors FROM document_authors WHERE document_id = ?",
    ),
    foldAuthors: database.prepare<[string, number]>(
      `INSERT INTO document_authors (document_id, author, edits, inserted, deleted, last_ms)
       SELECT document_id, '', sum(edits), sum(inserted), sum(deleted), max(last_ms) FROM (SELECT * ${leastBusy})
       GROUP BY document_id
       ON CONFLICT DO UPDATE SET edits = edits + excluded.edits, inserted = inserted + excluded.inserted,
         deleted = deleted + excluded.deleted, last_ms = max(last_ms, excluded.last_ms)`,
    ),
    removeFolded: database.prepare<[string, string, number]>(
      `DELETE FROM document_authors WHERE document_id = ? AND author IN (SELECT author ${leastBusy})`,
    ),
    settle: database.prepare<[number, number, string]>(
      `UPDATE document_statistics SET unsettled = max(0, unsettled - ?), unsettled_bytes = max(0, unsettled_bytes - ?)
       WHERE document_id = ?`,
    ),
    drop: database.prepare<[number, number, string]>(
      `UPDATE document_statistics SET dropped_bytes = max(dropped_bytes, ?), dropped_records = max(dropped_records, ?)
       WHERE document_id = ?`,
    ),
    sweep: database.prepare<[number, number]>("DELETE FROM edit_buckets WHERE step = ? AND start < ?"),
    snapshot: database.prepare<[string], StatisticsRow>(
      `SELECT since_ms AS "sinceMs", revision, edits, inserted, deleted, editors, views, exports,
         connections_peak AS "connectionsPeak", usage_position AS "usagePosition", log_bytes AS "logBytes",
         log_records AS "logRecords" FROM document_statistics WHERE document_id = ?`,
    ),
    authors: database.prepare<[string], AuthorRow>(
      `SELECT ${authorColumns} FROM document_authors WHERE document_id = ? ORDER BY author`,
    ),
    actors: database.prepare<[string, number], StatisticsSnapshot["actors"][number]>(
      `SELECT actor, author, name, position FROM document_actors WHERE document_id = ? ORDER BY position DESC, actor LIMIT ?`,
    ),
    buckets: database.prepare<[string]>(
      `SELECT step, start, edits, inserted, deleted, editors FROM edit_buckets WHERE document_id = ? ORDER BY step, start`,
    ),
    putSnapshot: database.prepare<[StatisticsRow & { readonly documentId: string }]>(
      `INSERT INTO document_statistics (document_id, since_ms, revision, edits, inserted, deleted, editors, views,
         exports, connections_peak, usage_position, log_bytes, log_records, dropped_bytes, dropped_records)
       VALUES (@documentId, @sinceMs, @revision, @edits, @inserted, @deleted, @editors, @views, @exports,
         @connectionsPeak, @usagePosition, @logBytes, @logRecords, @logBytes, @logRecords)`,
    ),
  };
}
