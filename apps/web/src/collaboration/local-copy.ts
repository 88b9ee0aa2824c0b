import type { ResumePoint } from "@scriptorium/provider";
import * as Y from "yjs";
import { afterPaintOrMoment } from "../ui/after-paint";
import { atRest } from "../ui/at-rest";
import {
  completeKey,
  customStore,
  type KeptCopy,
  openCopy,
  readCopy,
  readUpdates,
  resumePointKey,
  updatesStore,
} from "./copy-database";
import { endOf } from "./database";

/** A resume point is written at most so often. One that is behind costs bytes at the next visit, and nothing else. */
const writePointEveryMs = 2000;

/** So many entries are made one when the reader rests. */
const entriesMax = 500;

/**
 * A document's copy on this device: a database of updates, and beside them from where to resume
 * ([ADR 18](../../../../docs/adr/0018-the-copy-on-the-device-is-written-in-batches.md)).
 *
 * Edits are written together, as soon as they have been painted, and at once when the page is left.
 *
 * A resume point must never be ahead of the updates that lie beside it: the server would not send what lies in between,
 * ever. So it goes into the transaction that writes what waits, which is all that it covers; that is true of the note
 * that the copy is complete, too. Both are read in one transaction with the updates, since other tabs go on writing. Once
 * an update could not be written or read, no point is kept until the whole document could be.
 */
export class LocalCopy {
  readonly wasComplete: boolean;
  readonly resumePoint: ResumePoint | undefined;
  readonly #database: IDBDatabase;
  readonly #doc: Y.Doc;
  readonly #onGone: () => void;
  #waiting: Uint8Array[] = [];
  #callOffWrite: (() => void) | undefined;
  /** All updates up to this one are in the document. */
  #last: IDBValidKey | undefined;
  #entries: number;
  #isToBeCompacted = false;
  #epoch: string | undefined;
  #markedComplete = false;
  #pendingPoint: ResumePoint | undefined;
  #pointTimer: ReturnType<typeof setTimeout> | undefined;
  #lostUpdates = false;
  #isClosed = false;

  private constructor(database: IDBDatabase, doc: Y.Doc, kept: KeptCopy, onGone: () => void) {
    this.#database = database;
    this.#doc = doc;
    this.#onGone = onGone;
    const before = doc.store.clients.size > 0 ? Y.encodeStateAsUpdate(doc) : undefined;
    this.#apply(kept.updates);
    this.#last = kept.last;
    this.#entries = kept.updates.length;
    this.wasComplete = kept.wasComplete && !this.#lostUpdates;
    this.resumePoint =
      kept.resumePoint && this.#lostUpdates ? { ...kept.resumePoint, revision: undefined } : kept.resumePoint;
    this.#epoch = kept.resumePoint?.epoch;
    if (before !== undefined) this.#onUpdate(before, undefined);
    doc.on("update", this.#onUpdate);
    window.addEventListener("pagehide", this.#onPageHide);
    database.onversionchange = this.#onDeletion;
    database.onclose = this.#onDeletion;
    this.#compactSoon();
  }

  /**
   * Resolves when `doc` holds what the copy holds. From then on the copy keeps up with it. Undefined if the document was
   * destroyed before that began.
   *
   * @param onGone called when the copy is deleted, by another tab or by the reader: what happens in `doc` from then on is
   *   kept nowhere
   * @throws {DOMException} The browser cannot open it
   */
  static async open(name: string, doc: Y.Doc, onGone: () => void): Promise<LocalCopy | undefined> {
    const database = await openCopy(name);
    try {
      const kept = await readCopy(database);
      if (!doc.isDestroyed) return new LocalCopy(database, doc, kept, onGone);
    } catch (error) {
      database.close();
      throw error;
    }
    database.close();
    return undefined;
  }

  markComplete(): void {
    if (this.#markedComplete) return;
    this.#markedComplete = true;
    this.#write((custom) => custom.put(1, completeKey));
  }

  /** To be called as soon as the point changes: what waits to be written is all that it covers. */
  keepResumePoint(point: ResumePoint): void {
    if (this.#isClosed) return;
    if (point.revision === undefined) {
      this.#forgetPendingPoint();
      this.#writePoint(point);
      return;
    }
    this.#pendingPoint = point;
    this.#pointTimer ??= setTimeout(() => {
      this.#pointTimer = undefined;
      if (this.#pendingPoint !== undefined) this.#writePoint(this.#pendingPoint);
    }, writePointEveryMs);
  }

  /** Takes over what other tabs have written. */
  async fetchOthersEdits(): Promise<void> {
    if (this.#isClosed) return;
    const store = this.#database.transaction(updatesStore, "readonly").objectStore(updatesStore);
    await this.#fetch(store);
  }

  /** Writes what waits, and follows the document no more. */
  close(): void {
    if (this.#isClosed) return;
    this.#write();
    this.#letGo();
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === this) return;
    this.#waiting.push(update);
    this.#callOffWrite ??= afterPaintOrMoment(() => this.#write());
  };

  /** Begins to write what waits, and what `keep` adds, all of it or none. */
  #write(keep?: (custom: IDBObjectStore) => void): void {
    this.#callOffWrite?.();
    this.#callOffWrite = undefined;
    if (this.#isClosed || (this.#waiting.length === 0 && keep === undefined)) return;
    const transaction = this.#begin();
    if (transaction === undefined) return;
    const [first, ...others] = this.#waiting;
    this.#waiting = [];
    transaction.onabort = this.#onAbort;
    if (first !== undefined) {
      const update = others.length === 0 ? first : Y.mergeUpdates([first, ...others]);
      transaction.objectStore(updatesStore).add(update);
      this.#entries++;
      this.#compactSoon();
    }
    keep?.(transaction.objectStore(customStore));
    // Also where the page is gone before the browser says that the requests were met.
    transaction.commit();
  }

  #begin(): IDBTransaction | undefined {
    try {
      return this.#database.transaction([updatesStore, customStore], "readwrite");
    } catch {
      // The reader has the browser forget the site: it closes the database, and tells later.
      this.#onDeletion();
      return undefined;
    }
  }

  #writePoint({ epoch, revision }: ResumePoint): void {
    this.#epoch = epoch;
    const known = this.#lostUpdates ? undefined : revision;
    this.#write((custom) => custom.put({ epoch, revision: known }, resumePointKey));
  }

  readonly #onAbort = () => {
    if (this.#lostUpdates || this.#isClosed) return;
    this.#lostUpdates = true;
    this.#forgetPendingPoint();
    if (this.#epoch !== undefined) this.#writePoint({ epoch: this.#epoch, revision: undefined });
    // The whole document has what is missing, too.
    this.#entries = entriesMax;
    this.#compactSoon();
  };

  #apply(updates: readonly Uint8Array[]): void {
    Y.transact(
      this.#doc,
      () => {
        for (const update of updates) {
          try {
            Y.applyUpdate(this.#doc, update, this);
          } catch {
            // The server has what is whole of it, and sends it where there is no revision to resume from.
            this.#lostUpdates = true;
          }
        }
      },
      this,
      false,
    );
  }

  /** Takes over what was written since the last time, by this tab or another. */
  async #fetch(store: IDBObjectStore): Promise<void> {
    const { updates, last } = await readUpdates(store, this.#last);
    if (this.#isClosed) return;
    this.#apply(updates);
    this.#last = last ?? this.#last;
  }

  #compactSoon(): void {
    if (this.#entries < entriesMax || this.#isToBeCompacted) return;
    this.#isToBeCompacted = true;
    atRest(async () => {
      // Where that fails, they are what they were: the next write tries again.
      await this.#compact().catch(() => undefined);
      this.#isToBeCompacted = false;
    });
  }

  /** Puts the document as it is in the place of all entries, whatever could not be written or read before. */
  async #compact(): Promise<void> {
    if (this.#isClosed) return;
    const transaction = this.#database.transaction(updatesStore, "readwrite");
    const store = transaction.objectStore(updatesStore);
    await this.#fetch(store);
    if (this.#isClosed) return;
    store.add(Y.encodeStateAsUpdate(this.#doc));
    if (this.#last !== undefined) store.delete(IDBKeyRange.upperBound(this.#last));
    transaction.commit();
    await endOf(transaction);
    this.#entries = 1;
    this.#lostUpdates = false;
  }

  readonly #onPageHide = () => this.#write();

  readonly #onDeletion = () => {
    if (this.#isClosed) return;
    this.#letGo();
    this.#onGone();
  };

  #letGo(): void {
    this.#isClosed = true;
    this.#callOffWrite?.();
    this.#forgetPendingPoint();
    this.#doc.off("update", this.#onUpdate);
    window.removeEventListener("pagehide", this.#onPageHide);
    this.#database.close();
  }

  #forgetPendingPoint(): void {
    clearTimeout(this.#pointTimer);
    this.#pointTimer = undefined;
    this.#pendingPoint = undefined;
  }
}
