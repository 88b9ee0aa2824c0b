import type { ServerMessage } from "./server-frame";

/**
 * Gathers what many people do into few deliveries. What comes after a pause is delivered at once; what follows on a
 * delivery sooner than `gatherMs` waits until then.
 */
export class Gathering {
  readonly #gatherMs: number;
  readonly #deliver: (messages: readonly ServerMessage[]) => void;
  readonly #whenItSuits: (deliver: () => void) => void;
  #waiting: ServerMessage[] = [];
  #deliveredAtMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;

  /**
   * @param gatherMs 0 delivers everything at once
   * @param whenItSuits is handed each delivery that is due, to call it
   */
  constructor(
    gatherMs: number,
    deliver: (messages: readonly ServerMessage[]) => void,
    whenItSuits: (deliver: () => void) => void = (deliver) => deliver(),
  ) {
    this.#gatherMs = gatherMs;
    this.#deliver = deliver;
    this.#whenItSuits = whenItSuits;
  }

  /** Takes messages of which none is urgent. */
  add(messages: readonly ServerMessage[]): void {
    if (messages.length === 0) return;
    const waitMs = this.#deliveredAtMs + this.#gatherMs - performance.now();
    this.#waiting.push(...messages);
    if (waitMs <= 0) this.#due();
    else this.#timer ??= setTimeout(() => this.#due(), waitMs);
  }

  /** Delivers what waits, with `urgent` behind it. */
  deliver(urgent: readonly ServerMessage[] = []): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    const messages = this.#waiting.length === 0 ? urgent : [...this.#waiting, ...urgent];
    this.#waiting = [];
    if (messages.length === 0) return;
    this.#deliver(messages);
    // From its end on: a delivery that takes long leaves as much time to the reader as a short one.
    this.#deliveredAtMs = performance.now();
  }

  /** Forgets what waits. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    this.#waiting = [];
  }

  #due(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#whenItSuits(() => {
      if (this.#isDue) this.deliver();
    });
  }
}
