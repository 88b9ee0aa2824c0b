import { rmSync } from "node:fs";
import BetterSqlite3 from "better-sqlite3";
import { catalogueOrders, isBehind, orderBy } from "../projections/catalogue-order";
import { hasTags, tagKeys } from "../projections/document-tags";
import {
  type CatalogueEntry,
  type CatalogueQuery,
  type CatalogueRow,
  catalogueColumns,
  readEntry,
} from "../projections/projection-reader";
import type { Due } from "./schedule";
import { parseQuery, separateWords } from "./search-query";
import { matchBegin, matchEnd, readSnippet, type SnippetPart } from "./snippet";

/** Indexes of another version are thrown away and made anew. */
const version = 1;
/** Length of a snippet in words. */
const snippetWords = 24;

export interface TextQuery extends CatalogueQuery {
  readonly query: string;
}

/** A document that was found. */
export interface SearchHit {
  readonly entry: CatalogueEntry;
  /** 0 if the title matches, 1 if it takes the text, too. */
  readonly tier: 0 | 1;
  /** Where the text matches; empty if it does not. */
  readonly snippet: readonly SnippetPart[];
}

/**
 * The full-text index: a database beside that of the projections, which it reads and never writes. There is one, in the
 * search's thread.
 *
 * - `indexed` says through which change of a document (`documents.changed_position`) the index is current.
 * - `texts` is an FTS5 table of words without accents (`unicode61`), which matches words by their beginnings. Trigrams
 *   would match inside of words; they take three times the size of the text and as much time, and nothing shorter than
 *   three characters can be found. See ADR 10.
 * - `source.generation` names the projections that it was made of. With others, it is made anew.
 */
export class SearchIndex {
  readonly #database: BetterSqlite3.Database;
  readonly #statements: ReturnType<typeof prepare>;

  private constructor(database: BetterSqlite3.Database) {
    this.#database = database;
    this.#statements = prepare(database);
  }

  /** Opens the index, or begins a new one where there is none, or one of other projections, or one that is damaged. */
  static open(file: string, projectionsFile: string): SearchIndex {
    try {
      return SearchIndex.#openCurrent(file, projectionsFile);
    } catch {
      SearchIndex.discard(file);
      return SearchIndex.#openCurrent(file, projectionsFile);
    }
  }

  /** Removes the index, so that the next `open` begins a new one. */
  static discard(file: string): void {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  }

  static #openCurrent(file: string, projectionsFile: string): SearchIndex {
    const database = new BetterSqlite3(file);
    try {
      database.pragma("journal_mode = WAL");
      // What a power cut takes from here is made again.
      database.pragma("synchronous = NORMAL");
      database.prepare("ATTACH ? AS catalogue").run(projectionsFile);
      createSchema(database);
      const same = database
        .prepare<[], { same: 0 | 1 }>(
          `SELECT generation = (SELECT generation FROM catalogue.progress) AS same FROM source`,
        )
        .get();
      if (same?.same !== 1) throw new Error("made of other projections");
      return new SearchIndex(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** The position of the newest change of all; 0 if there was none. */
  get newestChange(): number {
    return this.#statements.newestChange.get()?.position ?? 0;
  }

  /** The documents that changed behind a position, and whose newest change the index lacks; the oldest change first. */
  outdatedSince(position: number): Due[] {
    return this.#statements.outdatedSince.all(position);
  }

  /** Takes a document in, with its present title, as of a change of it or later. */
  put({ documentId, position }: Due, text: string): void {
    const { number, title, insertText, deleteText, note } = this.#statements;
    const write = this.#database.transaction(() => {
      const known = number.get(documentId);
      if (known !== undefined) deleteText.run(known.number);
      const noted = note.get(documentId, position);
      if (noted === undefined) throw new Error(`document ${documentId} was not noted`);
      insertText.run(
        noted.number,
        separateWords(title.get(documentId)?.title ?? ""),
        separateWords(text.replaceAll("\0", " ")),
      );
    });
    write();
  }

  /** Those whose titles match first; then those whose title and text together have all words. */
  find({ query, deleted, tags = [], sort, after, limit }: TextQuery): SearchHit[] {
    const { titleParts, match } = parseQuery(query);
    if (titleParts.length === 0) return [];
    const order = catalogueOrders[sort];
    const { tier, key, id } = after ?? order.beginning;
    // A query without words has an expression that is in no text.
    const rows = this.#database
      .prepare<[object], FoundRow>(
        selectFound(match !== undefined, tags.length > 0, isBehind(order), orderBy(order)),
      )
      .all({
        ...(match !== undefined && { match }),
        ...(tags.length > 0 && { tags: JSON.stringify(tagKeys(tags)) }),
        titleParts: JSON.stringify(titleParts),
        deleted: deleted ? 1 : 0,
        tier,
        key,
        id,
        limit,
      });
    return rows.map(({ tier, ...row }) => ({
      entry: readEntry(row),
      tier,
      snippet: match === undefined ? [] : this.#snippet(row.id, match),
    }));
  }

  #snippet(documentId: string, match: string): readonly SnippetPart[] {
    const row = this.#statements.snippet.get(matchBegin, matchEnd, snippetWords, match, documentId);
    return row === undefined ? [] : readSnippet(row.snippet);
  }

  close(): void {
    this.#database.close();
  }
}

type FoundRow = CatalogueRow & { readonly tier: 0 | 1 };

function createSchema(database: BetterSqlite3.Database): void {
  const found = database.pragma("main.user_version", { simple: true });
  if (found === version) return;
  if (found !== 0) throw new Error("another version");
  database.exec(`
    BEGIN;
    CREATE TABLE main.source (generation TEXT NOT NULL) STRICT;
    INSERT INTO main.source SELECT generation FROM catalogue.progress;
    CREATE TABLE main.indexed (
      number INTEGER PRIMARY KEY,
      document_id TEXT NOT NULL UNIQUE,
      position INTEGER NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE main.texts USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2');
    PRAGMA main.user_version = ${version};
    COMMIT;
  `);
}

/**
 * @param inTexts whether there are words to look for in texts, as the parameter `match`
 * @param tagged whether documents must have the tags of the parameter `tags`
 */
function selectFound(inTexts: boolean, tagged: boolean, behind: string, order: string): string {
  const inTitle = `NOT EXISTS (SELECT 1 FROM json_each(@titleParts) WHERE instr(title_folded, value) = 0)`;
  const inText = `id IN (SELECT document_id FROM texts JOIN indexed ON number = texts.rowid WHERE texts MATCH @match)`;
  return `
    SELECT ${catalogueColumns}, tier FROM (
      SELECT *, NOT (${inTitle}) AS tier FROM catalogue.documents
      WHERE title IS NOT NULL AND (deleted_ms IS NOT NULL) = @deleted
        AND (${inTitle} ${inTexts ? `OR ${inText}` : ""})${tagged ? ` AND ${hasTags}` : ""}
    )
    WHERE tier > @tier OR (tier = @tier AND ${behind})
    ORDER BY tier, ${order} LIMIT @limit`;
}

function prepare(database: BetterSqlite3.Database) {
  return {
    newestChange: database.prepare<[], { position: number | null }>(
      "SELECT max(changed_position) AS position FROM catalogue.documents",
    ),
    outdatedSince: database.prepare<[number], Due>(
      `SELECT id AS "documentId", changed_position AS position
       FROM catalogue.documents LEFT JOIN indexed ON document_id = id
       WHERE changed_position > ? AND title IS NOT NULL AND indexed.position IS NOT changed_position
       ORDER BY changed_position`,
    ),
    title: database.prepare<[string], { title: string }>(
      "SELECT title FROM catalogue.documents WHERE id = ? AND title IS NOT NULL",
    ),
    number: database.prepare<[string], { number: number }>(
      "SELECT number FROM indexed WHERE document_id = ?",
    ),
    note: database.prepare<[string, number], { number: number }>(
      `INSERT INTO indexed (document_id, position) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET position = excluded.position RETURNING number`,
    ),
    deleteText: database.prepare<[number]>("DELETE FROM texts WHERE rowid = ?"),
    insertText: database.prepare<[number, string, string]>(
      "INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)",
    ),
    snippet: database.prepare<[string, string, number, string, string], { snippet: string }>(
      `SELECT snippet(texts, 1, ?, ?, '…', ?) AS snippet FROM texts
       WHERE texts MATCH ? AND rowid = (SELECT number FROM indexed WHERE document_id = ?)`,
    ),
  };
}
