import type { ResumePoint } from "@scriptorium/provider";
import { fetchUpdates, IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";
import * as z from "zod/mini";
import { openDatabase, resultOf } from "./database";

// y-indexeddb's stores: one of updates, and one for whatever an application keeps with them.
const updatesStore = "updates";
const customStore = "custom";
/** Set once the copy has been complete. */
const completeKey = "complete";
const resumePointKey = "resumePoint";

/** A resume point is written at most so often. One that is behind costs bytes at the next visit, and nothing else. */
const writeEveryMs = 2000;

const resumePointSchema = z.object({ epoch: z.string(), revision: z.optional(z.bigint()) });

interface Kept {
  readonly wasComplete: boolean;
  readonly resumePoint: ResumePoint | undefined;
}

/**
 * A document's copy on this device: y-indexeddb's database of updates, and beside it from where to resume.
 *
 * A resume point must never be ahead of the updates that lie beside it: the server would not send what lies in between,
 * ever. Every update is written in a transaction of its own, begun when the update happened. Databases run transactions
 * whose stores overlap in the order in which they were begun, and those that share no store in any order. So a resume
 * point is written in a transaction over **both** stores: it waits for the updates before it, which are those that it
 * covers, and an epoch is there before the first update of that epoch. At opening it is read before the updates, since
 * other tabs go on writing; and once an update could not be written, none is kept any more.
 */
export class LocalCopy implements Kept {
  readonly wasComplete: boolean;
  readonly resumePoint: ResumePoint | undefined;
  readonly #persistence: IndexeddbPersistence;
  readonly #onGone: () => void;
  #epoch: string | undefined;
  #markedComplete = false;
  #pending: ResumePoint | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lostUpdates = false;
  #isGone = false;

  private constructor(
    persistence: IndexeddbPersistence,
    { wasComplete, resumePoint }: Kept,
    onGone: () => void,
  ) {
    this.#persistence = persistence;
    this.#onGone = onGone;
    this.wasComplete = wasComplete;
    this.resumePoint = resumePoint;
    this.#epoch = resumePoint?.epoch;
    // Aborts of all transactions of the database arrive here, among them y-indexeddb's, of which it tells nobody.
    persistence.db?.addEventListener("abort", this.#onAbort);
    persistence.db?.addEventListener("versionchange", this.#onDeletion);
  }

  /**
   * Resolves when `doc` holds what the copy holds. From then on the copy keeps up with it. Undefined if the document was
   * destroyed before that began.
   *
   * @param onGone called when another tab deletes the copy: what happens in `doc` from then on is kept nowhere
   */
  static async open(name: string, doc: Y.Doc, onGone: () => void): Promise<LocalCopy | undefined> {
    const kept = await readKept(name);
    if (doc.isDestroyed) return undefined;
    const persistence = new IndexeddbPersistence(name, doc);
    await persistence.whenSynced;
    return new LocalCopy(persistence, kept, onGone);
  }

  markComplete(): void {
    if (this.#markedComplete || this.#isGone) return;
    this.#markedComplete = true;
    void this.#persistence.set(completeKey, 1);
  }

  /** To be called as soon as the point changes, so that the updates that it covers were begun to be written before. */
  keepResumePoint(point: ResumePoint): void {
    if (this.#isGone) return;
    if (point.revision === undefined) {
      this.#cancelWrite();
      this.#write(point);
      return;
    }
    this.#pending = point;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending !== undefined) this.#write(this.#pending);
    }, writeEveryMs);
  }

  /** Takes over what other tabs have written. */
  async fetchOthersEdits(): Promise<void> {
    await fetchUpdates(this.#persistence);
  }

  /** Stops writing resume points; the document's end is that of the rest. */
  close(): void {
    this.#cancelWrite();
    this.#persistence.db?.removeEventListener("abort", this.#onAbort);
    this.#persistence.db?.removeEventListener("versionchange", this.#onDeletion);
  }

  #write({ epoch, revision }: ResumePoint): void {
    const database = this.#persistence.db;
    if (database === null) return;
    const known = this.#lostUpdates ? undefined : revision;
    const stores = database.transaction([updatesStore, customStore], "readwrite");
    stores.objectStore(customStore).put({ epoch, revision: known }, resumePointKey);
    this.#epoch = epoch;
  }

  readonly #onAbort = () => {
    if (this.#lostUpdates) return;
    this.#lostUpdates = true;
    this.#cancelWrite();
    if (this.#epoch !== undefined) this.#write({ epoch: this.#epoch, revision: undefined });
  };

  // y-indexeddb closes a database that another tab deletes, and goes on writing to it: each edit would throw, in the
  // middle of the editor's work.
  readonly #onDeletion = () => {
    this.#isGone = true;
    this.close();
    void this.#persistence.destroy();
    this.#onGone();
  };

  #cancelWrite(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = undefined;
  }
}

async function readKept(name: string): Promise<Kept> {
  // Made as y-indexeddb would make it, which finds it there.
  const database = await openDatabase(name, (created) => {
    created.createObjectStore(updatesStore, { autoIncrement: true });
    created.createObjectStore(customStore);
  });
  try {
    const store = database.transaction(customStore, "readonly").objectStore(customStore);
    const [complete, resumePoint] = await Promise.all(
      [completeKey, resumePointKey].map((key) => resultOf(store.get(key))),
    );
    return { wasComplete: complete !== undefined, resumePoint: parseResumePoint(resumePoint) };
  } finally {
    database.close();
  }
}

function parseResumePoint(kept: unknown): ResumePoint | undefined {
  const parsed = resumePointSchema.safeParse(kept);
  return parsed.success ? { epoch: parsed.data.epoch, revision: parsed.data.revision } : undefined;
}
