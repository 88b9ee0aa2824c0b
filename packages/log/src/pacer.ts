/** Thrown out of paced work when it is told to stop. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

const restMs = 1;
/** How long a slice is, in milliseconds. */
const slices = { idle: 0.5, busy: 0.1, behind: 0.2 };

/**
 * `idle`: nothing else is going on, slices follow each other at once. `busy`: something is that must not wait,
 * slices are short and far between. `behind`: likewise, but the work piles up, and so takes more of the time.
 */
export type Pace = keyof typeof slices;

/** Cuts background work into slices that commits hardly feel. */
export class Pacer {
  readonly #pace: () => Pace;
  #since = performance.now();
  #sliceMs = slices.busy;
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
      const pace = this.#pace();
      this.#sliceMs = slices[pace];
      await new Promise<void>((resolve) => {
        if (pace === "idle") setImmediate(resolve);
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
