import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type ActorId, type DocumentId, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { onTestFinished } from "vitest";
import * as Y from "yjs";
import { encodeCatalogueRecord } from "../storage/catalogue-record";
import type { Appended, NewEntry } from "../storage/document-log";
import { EmbeddedLog } from "../storage/embedded-log";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../storage/stream";

/** A real log on disk that a test writes documents to. */
export class WrittenLog {
  readonly directory: string;
  /** The log itself. */
  get log(): EmbeddedLog {
    return this.#log;
  }

  readonly #log: EmbeddedLog;
  readonly #segmentBytesMax: number;
  #last: Appended | undefined;
  readonly #ids = new UlidGenerator<DocumentId>();
  readonly #author = ulidToBytes(new UlidGenerator<ActorId>().next());
  readonly #docs = new Map<DocumentId, Y.Doc>();

  private constructor(directory: string, log: EmbeddedLog, segmentBytesMax: number) {
    this.#segmentBytesMax = segmentBytesMax;
    this.directory = directory;
    this.#log = log;
  }

  /** Closed after the running test. */
  static async open(
    directory: string,
    options: { segmentBytesMax?: number; now?: () => number; payloadBytesMax?: number } = {},
  ): Promise<WrittenLog> {
    const logDirectory = join(directory, "log");
    const log = await EmbeddedLog.open({
      directory: logDirectory,
      durability: "os",
      node: 0,
      payloadBytesMax: 1_000_000,
      ...options,
    });
    onTestFinished(() => log.close());
    return new WrittenLog(logDirectory, log, options.segmentBytesMax ?? 0);
  }

  /** Position of the newest record, once all are durable. */
  async end(): Promise<number> {
    const { durable, position } = this.#last ?? this.#log.append(this.#filler(0));
    await durable;
    return position;
  }

  /** Of the newest record of a document, or of the instance. */
  get revision(): bigint {
    if (this.#last === undefined) throw new Error("nothing was written");
    return this.#last.revision;
  }

  /** Has the next record begin another segment, and those before sealed. */
  async cut(): Promise<void> {
    await this.end();
    // One that is too large for a segment has one to itself.
    this.#last = this.#log.append(this.#filler(this.#segmentBytesMax));
    await this.#last.durable;
    await this.#log.sealed();
  }

  /** Path of the sealed segment that holds a position. */
  async sealedSegmentOf(position: number): Promise<string> {
    const names = (await readdir(this.directory)).filter((name) => name.endsWith(".sealed")).sort();
    const name = names.findLast((each) => Number(each.slice(0, 20)) <= position);
    if (name === undefined) throw new Error(`no sealed segment holds ${position}`);
    return join(this.directory, name);
  }

  create(title: string, language?: string): DocumentId {
    const id = this.begin();
    this.entitle(id, title, language);
    return id;
  }

  /** Gives a document that was begun its title, with which it shows. */
  entitle(id: DocumentId, title: string, language?: string): void {
    this.#append(id, Stream.catalogue, CatalogueKind.created, encodeCatalogueRecord({ title, language }));
  }

  /** A document of which the log has nothing yet. */
  begin(): DocumentId {
    const id = this.#ids.next();
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => this.appendUpdate(id, update));
    this.#docs.set(id, doc);
    return id;
  }

  rename(id: DocumentId, title: string): void {
    this.#append(id, Stream.catalogue, CatalogueKind.renamed, encodeCatalogueRecord({ title }));
  }

  tag(id: DocumentId, tags: string[]): void {
    this.#append(id, Stream.catalogue, CatalogueKind.tagged, encodeCatalogueRecord({ tags }));
  }

  /** Moves a document to the trash or out of it. */
  mark(id: DocumentId, kind: number): void {
    this.#append(id, Stream.catalogue, kind, new Uint8Array());
  }

  /** Ends the time before as a restore to an earlier moment does. */
  restoredTo(epoch: string): void {
    const payload = encodeCatalogueRecord({ epoch, at: new Date(0).toISOString() });
    this.#last = this.#log.append({
      key: instanceKey,
      stream: Stream.catalogue,
      kind: CatalogueKind.restoredTo,
      author: this.#author,
      payload,
    });
  }

  /** Performs an edit on the document's text; each transaction is a record. */
  edit(id: DocumentId, change: (text: Y.Text) => void): void {
    change(this.doc(id).getText("content"));
  }

  appendUpdate(id: DocumentId, update: Uint8Array): { position: number; revision: bigint } {
    const { position, revision } = this.#append(id, Stream.text, TextKind.update, update);
    return { position, revision };
  }

  /** The document as it should be. */
  doc(id: DocumentId): Y.Doc {
    const doc = this.#docs.get(id);
    if (doc === undefined) throw new Error("no such document");
    return doc;
  }

  /** A record of no document. */
  #filler(bytes: number): NewEntry {
    const key = new Uint8Array(16).fill(0xff);
    return { key, stream: 200, kind: 1, author: this.#author, payload: randomBytes(bytes) };
  }

  #append(id: DocumentId, stream: number, kind: number, payload: Uint8Array) {
    this.#last = this.#log.append({ key: ulidToBytes(id), stream, kind, author: this.#author, payload });
    return this.#last;
  }
}
