/**
 * A token bucket: what may be spent at once, and how fast it fills again. The clock is asked only when the bucket
 * seems empty, so that spending costs next to nothing.
 */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #size: number;
  #tokens: number;
  #filledAtMs: number;

  /** @param nowMs any clock that does not go back */
  constructor(perSecond: number, size: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#size = size;
    this.#tokens = size;
    this.#filledAtMs = nowMs;
  }

  /** Spends tokens, also more than there are. Returns in how many milliseconds the debt is paid; 0 without debt. */
  spend(tokens: number, now: () => number): number {
    this.#tokens -= tokens;
    if (this.#tokens >= 0) return 0;
    this.#fill(now());
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1000);
  }

  /** Whether nothing was spent lately. */
  isFull(now: () => number): boolean {
    this.#fill(now());
    return this.#tokens >= this.#size;
  }

  #fill(nowMs: number): void {
    const filled = ((nowMs - this.#filledAtMs) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#size, this.#tokens + filled);
    this.#filledAtMs = nowMs;
  }
}
