import { type ActorId, type DocumentId, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import type { RevisedText } from "../projections/messages";
import type { CatalogueEntry, CatalogueQuery, TagCount } from "../projections/projection-reader";
import type { Projections } from "../projections/projections";
import type { Search } from "../search/search";
import type { SearchHit, TextQuery } from "../search/search-index";
import { encodeCatalogueRecord } from "../storage/catalogue-record";
import { type Appended, type DocumentLog, LogUnavailableError } from "../storage/document-log";
import { CatalogueKind, Stream, TextKind } from "../storage/stream";
import { encodeText } from "../updates/encode-text";
import { type ArchiveDocumentOptions, archiveDocument } from "./archive-document";
import { RevisionFinder } from "./revision-finder";

export interface NewDocument {
  readonly title: string;
  readonly language?: string | undefined;
  readonly text?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** What is to be another. */
export interface DocumentChange {
  readonly title?: string | undefined;
  /** All that the document is to have. */
  readonly tags?: readonly string[] | undefined;
}

/** Creates, changes and finds documents. What it changes is a record in the log first. */
export class Documents {
  readonly #log: DocumentLog;
  readonly #projections: Projections;
  readonly #search: Search;
  readonly #ids = new UlidGenerator<DocumentId>();
  readonly #revisions: RevisionFinder;
  readonly #listeners = new Set<(id: DocumentId) => void>();

  constructor(log: DocumentLog, projections: Projections, search: Search) {
    this.#log = log;
    this.#projections = projections;
    this.#search = search;
    this.#revisions = new RevisionFinder({ log, catalogue: () => projections.catalogue });
  }

  /**
   * Resolves when the document is durable and in the catalogue.
   *
   * @throws {LogUnavailableError} and then nothing was created.
   */
  async create(author: ActorId, { title, language, text, tags = [] }: NewDocument): Promise<CatalogueEntry> {
    const id = this.#ids.next();
    // The text first: if the log takes only one of the two, it is one that nobody sees.
    if (text !== undefined && text !== "") {
      this.#append(id, author, Stream.text, TextKind.update, encodeText(text));
    }
    const appended = this.#append(
      id,
      author,
      Stream.catalogue,
      CatalogueKind.created,
      encodeCatalogueRecord({ title, language, ...(tags.length > 0 && { tags: [...tags] }) }),
    );
    return this.#shown(id, appended);
  }

  /**
   * Resolves with the changed document when that is durable; with undefined if there is no such document.
   *
   * @throws {LogUnavailableError} and then nothing was changed, or of both the title alone.
   */
  async change(author: ActorId, id: DocumentId, change: DocumentChange): Promise<CatalogueEntry | undefined> {
    const { title, tags } = change;
    const entry = this.find(id);
    if (entry === undefined) return undefined;
    const append = (kind: number, payload: Uint8Array) =>
      this.#append(id, author, Stream.catalogue, kind, payload);
    // What waits for the last waits for both: records become durable in their order.
    const renamed =
      title === undefined ? undefined : append(CatalogueKind.renamed, encodeCatalogueRecord({ title }));
    const tagged =
      tags === undefined
        ? undefined
        : append(CatalogueKind.tagged, encodeCatalogueRecord({ tags: [...tags] }));
    renamed?.durable.catch(() => undefined);
    const last = tagged ?? renamed;
    return last === undefined ? entry : this.#shown(id, last);
  }

  /**
   * Puts a document into the trash. Resolves with it when that is durable and shows; with undefined if there is no
   * such document.
   *
   * @throws {LogUnavailableError} and then nothing was changed.
   */
  delete(author: ActorId, id: DocumentId): Promise<CatalogueEntry | undefined> {
    return this.#mark(author, id, CatalogueKind.deleted);
  }

  /** Takes a document out of the trash; otherwise like {@link delete}. */
  restore(author: ActorId, id: DocumentId): Promise<CatalogueEntry | undefined> {
    return this.#mark(author, id, CatalogueKind.restored);
  }

  async #mark(author: ActorId, id: DocumentId, kind: number): Promise<CatalogueEntry | undefined> {
    const entry = this.find(id);
    const isDone = entry === undefined || (entry.deletedMs !== null) === (kind === CatalogueKind.deleted);
    if (isDone) return entry;
    return this.#shown(id, this.#append(id, author, Stream.catalogue, kind, new Uint8Array()));
  }

  /** Calls `listener` when a document was created, changed, or moved into the trash or out of it, and shows so. */
  onChanged(listener: (id: DocumentId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  find(id: DocumentId): CatalogueEntry | undefined {
    return this.#projections.catalogue.document(id);
  }

  /** The document that a revision belongs to; undefined if there is none, or it is not found soon. */
  async findByRevision(revision: bigint): Promise<CatalogueEntry | undefined> {
    const id = await this.#revisions.find(revision);
    return id === undefined ? undefined : this.find(id);
  }

  /** Up to `limit` documents. */
  list(query: CatalogueQuery): CatalogueEntry[] {
    return this.#projections.catalogue.documents(query);
  }

  /** Up to `limit` tags that documents outside the trash have, the most used first. */
  tags(limit: number): TagCount[] {
    return this.#projections.catalogue.tags(limit);
  }

  /**
   * Up to `limit` documents with the words of `query` in their titles, then those with some of them in their texts,
   * which may be as of some seconds ago. None once `signal` says that nobody waits for them.
   *
   * @throws {ProjectionsStoppedError}
   */
  search(query: TextQuery, signal: AbortSignal): Promise<readonly SearchHit[]> {
    return this.#search.find(query, signal);
  }

  /** The text with every edit that is durable now. */
  text(id: DocumentId): Promise<string> {
    return this.#projections.text(id);
  }

  /** The same, with the revision that it is of. */
  revisedText(id: DocumentId): Promise<RevisedText> {
    return this.#projections.revisedText(id);
  }

  /** The document with its history, as the lines of an archive. See `archiveDocument`. */
  archive(id: DocumentId, options: ArchiveDocumentOptions): AsyncIterable<Uint8Array> {
    return archiveDocument(this.#log, id, options);
  }

  #append(id: DocumentId, author: ActorId, stream: number, kind: number, payload: Uint8Array): Appended {
    return this.#log.append({ key: ulidToBytes(id), stream, kind, author: ulidToBytes(author), payload });
  }

  async #shown(id: DocumentId, { durable, position }: Appended): Promise<CatalogueEntry> {
    await durable.catch((cause: unknown) => {
      throw new LogUnavailableError(cause instanceof Error ? cause.message : String(cause), { cause });
    });
    await this.#projections.caughtUp(position);
    const entry = this.find(id);
    if (entry === undefined) throw new Error(`document ${id} is in the log but not in the catalogue`);
    for (const listener of this.#listeners) listener(id);
    return entry;
  }
}
