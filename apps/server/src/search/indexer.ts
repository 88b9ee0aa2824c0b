import { Schedule } from "./schedule";
import type { SearchIndex } from "./search-index";

interface Fetching {
  readonly documentId: string;
  readonly position: number;
  readonly sinceMs: number;
  /** Since when it waited. */
  readonly addedMs: number;
}

export interface IndexerOptions {
  readonly index: Pick<SearchIndex, "newestChange" | "outdatedSince" | "put">;
  /** Asks for a text; {@link Indexer.take} is called with it. */
  readonly fetchText: (documentId: string) => void;
  readonly now: () => number;
}

/** Keeps the index current: one document at a time, none too often. */
export class Indexer {
  readonly #options: IndexerOptions;
  readonly #schedule = new Schedule();
  #fetching: Fetching | undefined;
  /** All changes up to here are scheduled or indexed. */
  #seen = -1;

  constructor(options: IndexerOptions) {
    this.#options = options;
  }

  /** How many documents wait. */
  get waiting(): number {
    return this.#schedule.size + (this.#fetching === undefined ? 0 : 1);
  }

  /** Since when the document waits that waits longest; undefined if none does. */
  get waitingSinceMs(): number | undefined {
    const oldest = this.#schedule.oldestMs;
    const fetching = this.#fetching?.addedMs;
    if (oldest === undefined || fetching === undefined) return oldest ?? fetching;
    return Math.min(oldest, fetching);
  }

  /** Schedules what has changed since the last look; the first time, all that the index lacks. */
  look(): void {
    const { index } = this.#options;
    const { newestChange } = index;
    const nowMs = this.#options.now();
    for (const due of index.outdatedSince(this.#seen)) this.#schedule.add(due, nowMs);
    this.#seen = newestChange;
  }

  /**
   * Sets about the next document, if one is due and none is under way.
   *
   * @returns in how many milliseconds to call this again; undefined if there is nothing to wait for
   */
  next(): number | undefined {
    if (this.#fetching !== undefined) return undefined;
    const nowMs = this.#options.now();
    const due = this.#schedule.take(nowMs);
    if (due === undefined) {
      const nextMs = this.#schedule.nextMs();
      return nextMs === undefined ? undefined : Math.max(0, nextMs - nowMs);
    }
    this.#fetching = { ...due, sinceMs: nowMs };
    this.#options.fetchText(due.documentId);
    return undefined;
  }

  /** Indexes the text that was asked for; undefined leaves the document as it is indexed until it changes again. */
  take(documentId: string, text: string | undefined): void {
    const fetching = this.#fetching;
    if (fetching?.documentId !== documentId) return;
    this.#fetching = undefined;
    if (text !== undefined) this.#options.index.put(fetching, text);
    const nowMs = this.#options.now();
    this.#schedule.rest(documentId, nowMs - fetching.sinceMs, nowMs);
  }
}
