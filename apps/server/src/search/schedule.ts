/** A document is indexed again no sooner than this after the last time, in milliseconds. */
const restMsMin = 1000;
/** How many times longer than it took a document rests: indexing takes a small share of the time, however large a text is. */
const restFactor = 20;
/** How many times longer than the last document took the next one waits, however many there are: a tenth of a core is enough. */
const pauseFactor = 9;
const pauseMsMax = 2000;

export interface Due {
  readonly documentId: string;
  /** Of the newest change that is to be indexed. */
  readonly position: number;
}

interface Scheduled {
  readonly position: number;
  readonly addedMs: number;
}

/** Which document is to be indexed next. Texts that are being written are indexed now and then, not with every key. */
export class Schedule {
  /** In the order in which the documents came; one that changes again keeps its place. */
  readonly #due = new Map<string, Scheduled>();
  readonly #restingUntilMs = new Map<string, number>();
  /** Nothing is taken before. */
  #pausedUntilMs = 0;

  /** How many documents wait. */
  get size(): number {
    return this.#due.size;
  }

  /** Since when the document waits that waits longest; undefined if none does. */
  get oldestMs(): number | undefined {
    const [oldest] = this.#due.values();
    return oldest?.addedMs;
  }

  add({ documentId, position }: Due, nowMs: number): void {
    const addedMs = this.#due.get(documentId)?.addedMs ?? nowMs;
    this.#due.set(documentId, { position, addedMs });
  }

  /** Takes out the document that waits longest of those that may be indexed. */
  take(nowMs: number): (Due & { readonly addedMs: number }) | undefined {
    this.#forgetRested(nowMs);
    if (nowMs < this.#pausedUntilMs) return undefined;
    for (const [documentId, { position, addedMs }] of this.#due) {
      if (this.#restingUntilMs.has(documentId)) continue;
      this.#due.delete(documentId);
      return { documentId, position, addedMs };
    }
    return undefined;
  }

  /** When something may be taken, as of the last {@link take}; undefined if nothing waits. */
  nextMs(): number | undefined {
    const moments = [...this.#due.keys()].map((documentId) => this.#restingUntilMs.get(documentId) ?? 0);
    return moments.length === 0 ? undefined : Math.max(this.#pausedUntilMs, Math.min(...moments));
  }

  /** Has a document rest, and all others for a while, after indexing it has taken `tookMs`. */
  rest(documentId: string, tookMs: number, nowMs: number): void {
    this.#pausedUntilMs = nowMs + Math.min(pauseMsMax, pauseFactor * tookMs);
    this.#restingUntilMs.set(documentId, nowMs + Math.max(restMsMin, restFactor * tookMs));
  }

  #forgetRested(nowMs: number): void {
    for (const [documentId, untilMs] of this.#restingUntilMs) {
      if (untilMs <= nowMs) this.#restingUntilMs.delete(documentId);
    }
  }
}
