import type BetterSqlite3 from "better-sqlite3";

/**
 * What is counted of each document. Numbers of characters are in UTF-16 units, as Yjs counts.
 *
 * - `document_statistics`: `since_ms` is when counting began; `revision` that of the newest update, as decimal text;
 *   `usage_position` that of the newest usage record. `log_bytes` and `log_records` count what was ever written, and
 *   `dropped_…` how much of that the history horizon has taken. `unsettled` updates are in no checkpoint yet.
 * - `document_authors` has one row for each person, and for each actor of whom no person is known: `author` is `p:` and
 *   the person's ID, or `a:` and the actor's. The least busy of very many are counted in one row named ''. In which
 *   buckets an author is counted already is told by `last_ms`, since times only rise.
 * - `document_actors` says which author an actor is.
 * - `edit_buckets` are series: `step` says how wide a bucket is, `start` counts such buckets from 1970.
 */
export function createStatisticsTables(database: BetterSqlite3.Database): void {
  database.exec(`
    CREATE TABLE document_statistics (
      document_id TEXT PRIMARY KEY,
      since_ms INTEGER NOT NULL,
      revision TEXT NOT NULL DEFAULT '0',
      edits INTEGER NOT NULL DEFAULT 0,
      inserted INTEGER NOT NULL DEFAULT 0,
      deleted INTEGER NOT NULL DEFAULT 0,
      editors INTEGER NOT NULL DEFAULT 0,
      views INTEGER NOT NULL DEFAULT 0,
      exports INTEGER NOT NULL DEFAULT 0,
      connections_peak INTEGER NOT NULL DEFAULT 0,
      usage_position INTEGER NOT NULL DEFAULT 0,
      log_bytes INTEGER NOT NULL DEFAULT 0,
      log_records INTEGER NOT NULL DEFAULT 0,
      dropped_bytes INTEGER NOT NULL DEFAULT 0,
      dropped_records INTEGER NOT NULL DEFAULT 0,
      unsettled INTEGER NOT NULL DEFAULT 0,
      unsettled_bytes INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE document_authors (
      document_id TEXT NOT NULL,
      author TEXT NOT NULL,
      name TEXT,
      edits INTEGER NOT NULL DEFAULT 0,
      inserted INTEGER NOT NULL DEFAULT 0,
      deleted INTEGER NOT NULL DEFAULT 0,
      last_ms INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (document_id, author)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE document_actors (
      document_id TEXT NOT NULL,
      actor TEXT NOT NULL,
      author TEXT NOT NULL,
      name TEXT NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (document_id, actor)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE edit_buckets (
      document_id TEXT NOT NULL,
      step INTEGER NOT NULL,
      start INTEGER NOT NULL,
      edits INTEGER NOT NULL,
      inserted INTEGER NOT NULL,
      deleted INTEGER NOT NULL,
      editors INTEGER NOT NULL,
      PRIMARY KEY (document_id, step, start)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX edit_buckets_by_age ON edit_buckets (step, start);
  `);
}
