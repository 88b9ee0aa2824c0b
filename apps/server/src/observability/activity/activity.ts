import type { Ranked } from "../sketches/sliding-top";
import { type ActivityWindow, BusiestDocuments, type KeptDocuments } from "./busiest-documents";
import { DistinctEditors, type KeptEditors } from "./distinct-editors";

export interface KeptActivity {
  readonly editors: KeptEditors;
  readonly documents: KeptDocuments;
}

/** Told who edits what: of each session that edits, every few seconds. */
export interface EditObserver {
  /** @param editor names a person, on this server only; it is hashed and kept nowhere */
  edited(documentId: string, editor: string, edits: number): void;
}

/** Who edits and what is edited most: estimates with stated errors, in less than a megabyte however much goes on. */
export class Activity implements EditObserver {
  readonly #now: () => number;
  readonly #editors: DistinctEditors;
  readonly #documents: BusiestDocuments;
  #hasChanged = false;

  /** @throws {RangeError} if `kept` has another form */
  constructor(kept?: KeptActivity, now: () => number = Date.now) {
    this.#now = now;
    this.#editors = new DistinctEditors(now(), kept?.editors);
    this.#documents = new BusiestDocuments(kept?.documents);
  }

  edited(documentId: string, editor: string, edits: number): void {
    const nowMs = this.#now();
    this.#editors.add(editor, nowMs);
    this.#documents.add(documentId, edits, nowMs);
    this.#hasChanged = true;
  }

  /** How many different people have edited something today and this month, in UTC. */
  get distinctEditors(): { readonly day: number; readonly month: number } {
    return this.#editors.counts(this.#now());
  }

  /** The standard deviation of {@link distinctEditors}, as a share. */
  get relativeError(): number {
    return this.#editors.relativeError;
  }

  busiest(window: ActivityWindow, limit: number): Ranked[] {
    return this.#documents.top(window, limit, this.#now());
  }

  /** What is to be kept; undefined if nothing has happened since the last call. */
  takeChanged(): KeptActivity | undefined {
    if (!this.#hasChanged) return undefined;
    this.#hasChanged = false;
    return { editors: this.#editors.kept(), documents: this.#documents.kept() };
  }
}
