const seconds = 60;

/** How many edits there were in the last minute. */
export class EditPace {
  /** By second, in a ring. */
  readonly #counts = new Uint32Array(seconds);
  #second = 0;
  #sum = 0;

  /** @param nowMs of a clock that only rises */
  add(nowMs: number): void {
    this.#moveTo(nowMs);
    const slot = this.#second % seconds;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    this.#sum += 1;
  }

  perMinute(nowMs: number): number {
    this.#moveTo(nowMs);
    return this.#sum;
  }

  #moveTo(nowMs: number): void {
    const now = Math.floor(nowMs / 1000);
    if (now === this.#second) return;
    for (let second = Math.max(this.#second + 1, now - seconds + 1); second <= now; second++) {
      const slot = second % seconds;
      this.#sum -= this.#counts[slot] ?? 0;
      this.#counts[slot] = 0;
    }
    this.#second = now;
  }
}
