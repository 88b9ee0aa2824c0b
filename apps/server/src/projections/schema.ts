import type BetterSqlite3 from "better-sqlite3";
import { createTagTables } from "./document-tags";
import { createStatisticsTables } from "./statistics/schema";
import { titleKey } from "./title-key";

/** Projections of another version are thrown away and built anew from the log. */
export const schemaVersion = 7;

/**
 * - `progress` has one row: catalogue and counters hold the log's effects through `applied`; updates that no
 *   checkpoint holds yet all lie behind `resume`. `generation` is another one whenever the database is begun anew.
 * - Where the log's beginning was dropped, snapshots and checkpoints in the log stand for it: the projections begin with
 *   what these say, at `applied` 0.
 * - A document is there from its first record on; it shows once it has a `title`.
 * - `changed_position` is that of the newest record that changed title or text, 0 if that was dropped: what is made of
 *   both is as new as the position it was made at.
 * - `title_folded` is the title as searches compare it, `title_key` as lists sort by it.
 * - `damaged_because` says which place in the log, of those that cannot be read, may have held records of it.
 * - `damages` are those places. `file_state` tells whether the segment's file is still the one that was damaged. What an
 *   unreadable index leaves open, may concern any document minted up to `hidden_until_ms`; NULL while nothing behind
 *   the place was read.
 * - For tags see `createTagTables`, for figures `createStatisticsTables`.
 * - `epoch` is the document's own ID until a restore to an earlier moment gives it another.
 * - `deleted_ms` is set while a document is in the trash.
 * - `revision`s are decimal text, since 64-bit integers exceed JavaScript's numbers.
 * - `deflated` is `state` as it goes over the wire to who opens the document, compressed.
 * - `delete_set` is an update that carries all deletes of `state`, and no structs but pending ones.
 */
export function createSchema(database: BetterSqlite3.Database): void {
  database.exec(`
    CREATE TABLE progress (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      applied INTEGER NOT NULL,
      resume INTEGER NOT NULL,
      generation TEXT NOT NULL
    ) STRICT;
    INSERT INTO progress VALUES (1, 0, 0, hex(randomblob(16)));

    CREATE TABLE documents (
      id TEXT PRIMARY KEY,
      title TEXT,
      title_folded TEXT NOT NULL DEFAULT '',
      title_key TEXT NOT NULL DEFAULT '${titleKey("")}',
      language TEXT,
      created_ms INTEGER NOT NULL,
      updated_ms INTEGER NOT NULL,
      deleted_ms INTEGER,
      epoch TEXT NOT NULL,
      edits INTEGER NOT NULL DEFAULT 0,
      changed_position INTEGER NOT NULL DEFAULT 0,
      damaged_because TEXT,
      tags TEXT NOT NULL DEFAULT '[]'
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX documents_by_update ON documents (updated_ms DESC, id DESC);
    CREATE INDEX documents_by_creation ON documents (created_ms DESC, id DESC);
    CREATE INDEX documents_by_title ON documents (title_key, id);
    CREATE INDEX documents_by_change ON documents (changed_position);

    CREATE INDEX documents_damaged ON documents (id) WHERE damaged_because IS NOT NULL;

    CREATE TABLE damages (
      segment TEXT NOT NULL,
      offset INTEGER NOT NULL,
      because TEXT NOT NULL,
      file_state TEXT NOT NULL,
      hidden_until_ms INTEGER,
      PRIMARY KEY (segment, offset)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE checkpoints (
      document_id TEXT PRIMARY KEY,
      position INTEGER NOT NULL,
      revision TEXT NOT NULL,
      state BLOB NOT NULL,
      state_vector BLOB NOT NULL,
      delete_set BLOB NOT NULL,
      deflated BLOB
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quarantine (
      position INTEGER PRIMARY KEY,
      document_id TEXT NOT NULL,
      error TEXT NOT NULL
    ) STRICT;

    PRAGMA user_version = ${schemaVersion};
  `);
  createTagTables(database);
  createStatisticsTables(database);
}
