interface Waiting {
  readonly sinceMs: number;
  readonly dueMs: number;
}

/** What is to be done once it has been quiet for a while; of what is never quiet, now and then. */
export class Due {
  readonly #quietMs: number;
  readonly #waitMsMax: number;
  readonly #waiting = new Map<string, Waiting>();

  constructor({ quietMs, waitMsMax }: { readonly quietMs: number; readonly waitMsMax: number }) {
    this.#quietMs = quietMs;
    this.#waitMsMax = waitMsMax;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Something has happened to it. */
  mark(key: string, nowMs: number): void {
    const sinceMs = this.#waiting.get(key)?.sinceMs ?? nowMs;
    const dueMs = Math.min(nowMs + this.#quietMs, sinceMs + this.#waitMsMax);
    this.#waiting.set(key, { sinceMs, dueMs });
  }

  /** It is to be done at a moment, or sooner if it waits already. */
  markAt(key: string, dueMs: number): void {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined || waiting.dueMs > dueMs) this.#waiting.set(key, { sinceMs: dueMs, dueMs });
  }

  /** Takes out one that is due; undefined if none is. */
  take(nowMs: number): string | undefined {
    for (const [key, { dueMs }] of this.#waiting) {
      if (dueMs > nowMs) continue;
      this.#waiting.delete(key);
      return key;
    }
    return undefined;
  }

  /** When the next is due; undefined if nothing waits. */
  get nextMs(): number | undefined {
    let nextMs: number | undefined;
    for (const { dueMs } of this.#waiting.values()) nextMs = Math.min(nextMs ?? dueMs, dueMs);
    return nextMs;
  }
}
