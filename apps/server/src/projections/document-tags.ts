import { distinctTags, tagKey } from "@scriptorium/protocol";
import type BetterSqlite3 from "better-sqlite3";

/**
 * - `documents.tags` are the tags of a document, as JSON, in the order in which they were added.
 * - `document_tags` finds the documents of a tag by what tags are compared by.
 * - `tags` are those in use, with the spelling that came first, and how many documents outside the trash have them.
 */
export function createTagTables(database: BetterSqlite3.Database): void {
  database.exec(`
    CREATE TABLE document_tags (
      document_id TEXT NOT NULL,
      key TEXT NOT NULL,
      tag TEXT NOT NULL,
      PRIMARY KEY (document_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX document_tags_by_key ON document_tags (key);

    CREATE TABLE tags (
      key TEXT PRIMARY KEY,
      tag TEXT NOT NULL,
      documents INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_by_use ON tags (documents DESC, key);

    CREATE TRIGGER document_tagged AFTER INSERT ON document_tags
    WHEN (SELECT deleted_ms IS NULL FROM documents WHERE id = new.document_id)
    BEGIN
      ${count("VALUES (new.key, new.tag, 1)")};
    END;
    CREATE TRIGGER document_untagged AFTER DELETE ON document_tags
    WHEN (SELECT deleted_ms IS NULL FROM documents WHERE id = old.document_id)
    BEGIN
      ${discount("= old.key")};
    END;
    CREATE TRIGGER document_trashed AFTER UPDATE OF deleted_ms ON documents
    WHEN old.deleted_ms IS NULL AND new.deleted_ms IS NOT NULL
    BEGIN
      ${discount("IN (SELECT key FROM document_tags WHERE document_id = new.id)")};
    END;
    CREATE TRIGGER document_restored AFTER UPDATE OF deleted_ms ON documents
    WHEN old.deleted_ms IS NOT NULL AND new.deleted_ms IS NULL
    BEGIN
      ${count("SELECT key, tag, 1 FROM document_tags WHERE document_id = new.id")};
    END;
  `);
}

function count(rows: string): string {
  return `INSERT INTO tags (key, tag, documents) ${rows} ON CONFLICT DO UPDATE SET documents = documents + 1`;
}

function discount(keys: string): string {
  return `UPDATE tags SET documents = documents - 1 WHERE key ${keys};
      DELETE FROM tags WHERE key ${keys} AND documents = 0`;
}

/** SQL that holds for documents with all tags of the parameter `tags`, a JSON list of what tags are compared by. */
export const hasTags = `NOT EXISTS (
  SELECT 1 FROM json_each(@tags)
  WHERE NOT EXISTS (SELECT 1 FROM document_tags WHERE document_id = documents.id AND key = value))`;

/** SQL that holds for documents with the first of these tags, and finds them without looking at others. */
export const hasFirstTag =
  "id IN (SELECT document_id FROM document_tags WHERE key = json_extract(@tags, '$[0]'))";

/** What tags are compared by, each once. */
export function tagKeys(tags: readonly string[]): string[] {
  return distinctTags(tags).map(tagKey);
}

/** Sets the tags of documents that there are. */
export class DocumentTags {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: BetterSqlite3.Database) {
    this.#statements = prepare(database);
  }

  /** In a transaction of the caller's. */
  set(documentId: string, tags: readonly string[]): void {
    const { update, remove, add } = this.#statements;
    const distinct = distinctTags(tags);
    if (update.run(JSON.stringify(distinct), documentId).changes === 0) return;
    remove.run(documentId);
    for (const tag of distinct) add.run(documentId, tagKey(tag), tag);
  }
}

function prepare(database: BetterSqlite3.Database) {
  return {
    update: database.prepare<[string, string]>("UPDATE documents SET tags = ? WHERE id = ?"),
    remove: database.prepare<[string]>("DELETE FROM document_tags WHERE document_id = ?"),
    add: database.prepare<[string, string, string]>(
      "INSERT INTO document_tags (document_id, key, tag) VALUES (?, ?, ?)",
    ),
  };
}
