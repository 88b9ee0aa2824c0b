/** Thrown out of paced work when it is told to stop. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** How long a slice is, and the rest behind it, in milliseconds; at 0 the event loop alone has its turn. */
const rhythms = {
  idle: { sliceMs: 0.5, restMs: 0 },
  // With rests of 1 ms, appends took twice as long at their 99th percentile; so they hardly feel it.
  busy: { sliceMs: 0.1, restMs: 3 },
  behind: { sliceMs: 0.2, restMs: 1 },
};

/**
 * `idle`: nothing else is going on, slices follow each other at once. `busy`: something is that must not wait,
 * slices are short and far between. `behind`: likewise, but the work piles up, and so takes more of the time.
 */
export type Pace = keyof typeof rhythms;

/** Cuts background work into slices that commits hardly feel. */
export class Pacer {
  readonly #pace: () => Pace;
  #since = performance.now();
  #sliceMs = rhythms.busy.sliceMs;
  #stopped = false;

  constructor(pace: () => Pace) {
    this.#pace = pace;
  }

  /** Makes `pause` throw from now on. */
  stop(): void {
    this.#stopped = true;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Has this slice been long enough? Cheap enough to ask every few microseconds. */
  get due(): boolean {
    return this.#stopped || performance.now() - this.#since > this.#sliceMs;
  }

  /** Ends the slice. @throws {Stopped} */
  async pause(): Promise<void> {
    if (!this.#stopped) {
      const { sliceMs, restMs } = rhythms[this.#pace()];
      this.#sliceMs = sliceMs;
      await new Promise<void>((resolve) => {
        if (restMs === 0) setImmediate(resolve);
        else setTimeout(resolve, restMs);
      });
    }
    if (this.#stopped) throw new Stopped();
    this.#since = performance.now();
  }

  /** Ends the slice if it has been long enough. @throws {Stopped} */
  async breathe(): Promise<void> {
    if (this.due) await this.pause();
  }
}
