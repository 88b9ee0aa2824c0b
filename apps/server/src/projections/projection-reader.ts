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
import { hasFirstTag, hasTags, tagKeys } from "./document-tags";
import { type CheckpointRow, readCheckpoint, selectCheckpoint } from "./projection-store";
import { StatisticsReader } from "./statistics/statistics-reader";

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
  /** In the order in which they were added. */
  readonly tags: readonly string[];
}

/** A row of {@link catalogueColumns}. */
export type CatalogueRow = Omit<CatalogueEntry, "tags"> & { readonly tags: string };

export function readEntry<Row extends CatalogueRow>(
  row: Row,
): Omit<Row, "tags"> & Pick<CatalogueEntry, "tags"> {
  return { ...row, tags: JSON.parse(row.tags) };
}

/** A tag in use. */
export interface TagCount {
  readonly tag: string;
  /** How many documents outside the trash have it. */
  readonly documents: number;
}

export interface CatalogueQuery {
  /** Whether to look in the trash, or outside it. */
  readonly deleted: boolean;
  /** Those that have all of these. Default: none, which is all documents. */
  readonly tags?: readonly string[];
  readonly sort: CatalogueSort;
  /** Undefined for the first page. */
  readonly after: CatalogueCursor | undefined;
  readonly limit: number;
}

/** Of the table `documents`, as {@link CatalogueEntry} names them. */
export const catalogueColumns = `id, title, language, created_ms AS "createdMs", updated_ms AS "updatedMs",
  deleted_ms AS "deletedMs", epoch, edits, damaged_because AS "damagedBecause", tags`;

/** The reading side of the projections' database, for the server's main thread. Look-ups use an index. */
export class ProjectionReader {
  readonly statistics: StatisticsReader;
  readonly #database: BetterSqlite3.Database;
  readonly #checkpoint;
  readonly #document;
  readonly #editedAround;
  readonly #pages: ReadonlyMap<CatalogueSort, ReturnType<typeof preparePages>>;
  readonly #tags;
  readonly #tagUse;
  readonly #damaged;

  constructor(file: string) {
    this.#database = new BetterSqlite3(file, { readonly: true });
    this.statistics = new StatisticsReader(this.#database);
    this.#checkpoint = this.#database.prepare<[string], CheckpointRow>(selectCheckpoint);
    this.#document = this.#database.prepare<[string], CatalogueRow>(
      `SELECT ${catalogueColumns} FROM documents WHERE id = ? AND title IS NOT NULL`,
    );
    this.#editedAround = this.#database.prepare<
      [{ readonly timeMs: number; readonly begunMs: number; readonly limit: number }],
      { id: string }
    >(
      `SELECT id FROM (
         SELECT id, created_ms, title FROM documents WHERE updated_ms >= @timeMs ORDER BY updated_ms, id LIMIT 10 * @limit
       ) WHERE created_ms <= @begunMs AND title IS NOT NULL LIMIT @limit`,
    );
    this.#pages = new Map(catalogueSorts.map((sort) => [sort, preparePages(this.#database, sort)]));
    this.#tags = this.#database.prepare<[number], TagCount>(
      "SELECT tag, documents FROM tags ORDER BY documents DESC, key LIMIT ?",
    );
    this.#tagUse = this.#database.prepare<[string], { documents: number }>(
      "SELECT documents FROM tags WHERE key = ?",
    );
    this.#damaged = this.#database.prepare<[], { count: number }>(
      "SELECT count(*) AS count FROM documents WHERE damaged_because IS NOT NULL AND title IS NOT NULL",
    );
  }

  checkpoint(documentId: string): Checkpoint | undefined {
    return readCheckpoint(this.#checkpoint.get(documentId));
  }

  document(documentId: string): CatalogueEntry | undefined {
    const row = this.#document.get(documentId);
    return row && readEntry(row);
  }

  /**
   * Documents that were there at a moment and were edited then or later, whose last edit is the least later first: up to
   * `limit` of them, and of those edited since no more than ten times as many are looked at.
   */
  editedAround(timeMs: number, limit: number): string[] {
    // A document begun with a text has that some milliseconds before it has a name.
    return this.#editedAround.all({ timeMs, begunMs: timeMs + 1000, limit }).map(({ id }) => id);
  }

  /** Up to `limit` documents. */
  documents({ deleted, tags = [], sort, after, limit }: CatalogueQuery): CatalogueEntry[] {
    const { key, id } = after ?? catalogueOrders[sort].beginning;
    const pages = this.#pages.get(sort);
    if (pages === undefined) return [];
    const page = { key, id, deleted: deleted ? 1 : 0, limit } as const;
    if (tags.length === 0) return pages.all.all(page).map(readEntry);
    const used = tagKeys(tags)
      .map((key) => ({ key, documents: this.#tagUse.get(key)?.documents ?? 0 }))
      .sort((a, b) => a.documents - b.documents);
    const isRare = used.some(({ documents }) => documents <= rareTagMax);
    const keys = JSON.stringify(used.map(({ key }) => key));
    return (isRare ? pages.rarelyTagged : pages.tagged).all({ ...page, tags: keys }).map(readEntry);
  }

  /** Up to `limit` tags that documents outside the trash have, the most used first. */
  tags(limit: number): TagCount[] {
    return this.#tags.all(limit);
  }

  /** How many documents may lack something that the log cannot give any more. */
  get damagedDocuments(): number {
    return this.#damaged.get()?.count ?? 0;
  }

  close(): void {
    this.#database.close();
  }
}

/** Documents with a tag that more have are looked for among all, in the order of the list: soon a page is full. */
const rareTagMax = 1000;

interface PageParameters {
  readonly key: number | string;
  readonly id: string;
  readonly deleted: 0 | 1;
  readonly limit: number;
}

function preparePages(database: BetterSqlite3.Database, sort: CatalogueSort) {
  const order = catalogueOrders[sort];
  const select = (condition: string) =>
    `SELECT ${catalogueColumns} FROM documents
     WHERE title IS NOT NULL AND (deleted_ms IS NOT NULL) = @deleted AND ${isBehind(order)} ${condition}
     ORDER BY ${orderBy(order)} LIMIT @limit`;
  type Tagged = PageParameters & { readonly tags: string };
  return {
    all: database.prepare<[PageParameters], CatalogueRow>(select("")),
    tagged: database.prepare<[Tagged], CatalogueRow>(select(`AND ${hasTags}`)),
    rarelyTagged: database.prepare<[Tagged], CatalogueRow>(select(`AND ${hasFirstTag} AND ${hasTags}`)),
  };
}
