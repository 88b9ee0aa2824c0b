import BetterSqlite3 from "better-sqlite3";
import type { Checkpoint } from "./checkpoint";
import { type CheckpointRow, readCheckpoint, selectCheckpoint } from "./projection-store";

/** A document as the catalogue knows it. Times are in milliseconds since 1970. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly language: string | null;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** Null unless it is in the trash. */
  readonly deletedMs: number | null;
  /** Names the line of history that the document is in: another one after a restore to an earlier moment. */
  readonly epoch: string;
  /** Updates in the log. */
  readonly edits: number;
  /** Which place of the log, that cannot be read, may have held a part of it; null if all of it is there. */
  readonly damagedBecause: string | null;
}

/** Where a page of the catalogue ended: the next begins behind it. */
export interface CatalogueCursor {
  readonly updatedMs: number;
  readonly id: string;
}

export interface CatalogueQuery {
  readonly query: string;
  /** Whether to look in the trash, or outside it. */
  readonly deleted: boolean;
  readonly after: CatalogueCursor | undefined;
  readonly limit: number;
}

const columns = `id, title, language, created_ms AS "createdMs", updated_ms AS "updatedMs",
  deleted_ms AS "deletedMs", epoch, edits, damaged_because AS "damagedBecause"`;

/** The reading side of the projections' database, for the server's main thread. Look-ups use an index; a search reads titles. */
export class ProjectionReader {
  readonly #database: BetterSqlite3.Database;
  readonly #checkpoint;
  readonly #document;
  readonly #page;
  readonly #damaged;

  constructor(file: string) {
    this.#database = new BetterSqlite3(file, { readonly: true });
    this.#checkpoint = this.#database.prepare<[string], CheckpointRow>(selectCheckpoint);
    this.#document = this.#database.prepare<[string], CatalogueEntry>(
      `SELECT ${columns} FROM documents WHERE id = ? AND title IS NOT NULL`,
    );
    this.#page = this.#database.prepare<[number, string, string, number, number], CatalogueEntry>(
      `SELECT ${columns} FROM documents
       WHERE (updated_ms, id) < (?, ?) AND title LIKE ? ESCAPE '\\' AND (deleted_ms IS NOT NULL) = ?
       ORDER BY updated_ms DESC, id DESC LIMIT ?`,
    );
    this.#damaged = this.#database.prepare<[], { count: number }>(
      "SELECT count(*) AS count FROM documents WHERE damaged_because IS NOT NULL AND title IS NOT NULL",
    );
  }

  checkpoint(documentId: string): Checkpoint | undefined {
    return readCheckpoint(this.#checkpoint.get(documentId));
  }

  document(documentId: string): CatalogueEntry | undefined {
    return this.#document.get(documentId);
  }

  /** Up to `limit` documents whose title contains `query`, most recently edited first. */
  documents({ query, deleted, after, limit }: CatalogueQuery): CatalogueEntry[] {
    const pattern = `%${query.replace(/[\\%_]/g, "\\$&")}%`;
    const { updatedMs, id } = after ?? { updatedMs: Number.MAX_SAFE_INTEGER, id: "" };
    return this.#page.all(updatedMs, id, pattern, deleted ? 1 : 0, limit);
  }

  /** How many documents may lack something that the log cannot give any more. */
  get damagedDocuments(): number {
    return this.#damaged.get()?.count ?? 0;
  }

  close(): void {
    this.#database.close();
  }
}
