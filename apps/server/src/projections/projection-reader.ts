import BetterSqlite3 from "better-sqlite3";
import {
  type CatalogueCursor,
  type CatalogueSort,
  catalogueOrders,
  catalogueSorts,
  isBehind,
  orderBy,
} from "./catalogue-order";
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

export interface CatalogueQuery {
  /** Whether to look in the trash, or outside it. */
  readonly deleted: boolean;
  readonly sort: CatalogueSort;
  /** Undefined for the first page. */
  readonly after: CatalogueCursor | undefined;
  readonly limit: number;
}

/** Of the table `documents`, as {@link CatalogueEntry} names them. */
export const catalogueColumns = `id, title, language, created_ms AS "createdMs", updated_ms AS "updatedMs",
  deleted_ms AS "deletedMs", epoch, edits, damaged_because AS "damagedBecause"`;

/** The reading side of the projections' database, for the server's main thread. Look-ups use an index. */
export class ProjectionReader {
  readonly #database: BetterSqlite3.Database;
  readonly #checkpoint;
  readonly #document;
  readonly #pages: ReadonlyMap<CatalogueSort, ReturnType<typeof preparePage>>;
  readonly #damaged;

  constructor(file: string) {
    this.#database = new BetterSqlite3(file, { readonly: true });
    this.#checkpoint = this.#database.prepare<[string], CheckpointRow>(selectCheckpoint);
    this.#document = this.#database.prepare<[string], CatalogueEntry>(
      `SELECT ${catalogueColumns} FROM documents WHERE id = ? AND title IS NOT NULL`,
    );
    this.#pages = new Map(catalogueSorts.map((sort) => [sort, preparePage(this.#database, sort)]));
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

  /** Up to `limit` documents. */
  documents({ deleted, sort, after, limit }: CatalogueQuery): CatalogueEntry[] {
    const { key, id } = after ?? catalogueOrders[sort].beginning;
    return this.#pages.get(sort)?.all({ key, id, deleted: deleted ? 1 : 0, limit }) ?? [];
  }

  /** How many documents may lack something that the log cannot give any more. */
  get damagedDocuments(): number {
    return this.#damaged.get()?.count ?? 0;
  }

  close(): void {
    this.#database.close();
  }
}

interface PageParameters {
  readonly key: number | string;
  readonly id: string;
  readonly deleted: 0 | 1;
  readonly limit: number;
}

function preparePage(database: BetterSqlite3.Database, sort: CatalogueSort) {
  const order = catalogueOrders[sort];
  return database.prepare<[PageParameters], CatalogueEntry>(
    `SELECT ${catalogueColumns} FROM documents
     WHERE title IS NOT NULL AND (deleted_ms IS NOT NULL) = @deleted AND ${isBehind(order)}
     ORDER BY ${orderBy(order)} LIMIT @limit`,
  );
}
