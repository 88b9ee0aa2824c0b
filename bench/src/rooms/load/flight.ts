/** The prepared edits of one writer. */
export interface Sendable {
  /** Yjs client of the writer. */
  readonly client: number;
  /** Its clock behind each edit. */
  readonly clocks: Uint32Array;
  /** Sends the edits from number `from` to before number `to`. */
  send(from: number, to: number): void;
}

interface Lane {
  readonly frames: Sendable;
  /** Newest clock of this writer that each reader has seen. */
  readonly seen: Uint32Array;
  sent: number;
  /** Edits that all readers have. */
  arrived: number;
}

/**
 * Keeps so many edits in flight: sent, and not yet seen by all readers. Counts edits, in however many updates, frames
 * or segments a server passes them on.
 */
export class Flight {
  /** Resolves when all that was prepared has been sent and seen. */
  readonly exhausted: Promise<void>;
  readonly #lanes: readonly Lane[];
  readonly #laneOf: ReadonlyMap<number, Lane>;
  readonly #inFlightMax: number;
  #resolveExhausted = () => {};
  #onIdle = () => {};
  #flying = false;
  #scheduled = false;

  /** @param writers one each; their edits come from different Yjs clients */
  constructor(writers: readonly Sendable[], readers: number, inFlightMax: number) {
    this.#lanes = writers.map((frames) => ({ frames, seen: new Uint32Array(readers), sent: 0, arrived: 0 }));
    this.#laneOf = new Map(this.#lanes.map((lane) => [lane.frames.client, lane]));
    this.#inFlightMax = inFlightMax;
    this.exhausted = new Promise((resolve) => {
      this.#resolveExhausted = resolve;
    });
  }

  /** Edits that have arrived at all readers. */
  get arrived(): number {
    return this.#lanes.reduce((sum, { arrived }) => sum + arrived, 0);
  }

  start(): void {
    this.#flying = true;
    this.#advance();
  }

  /** Sends no more, and resolves when all that was sent has arrived everywhere. */
  land(): Promise<void> {
    this.#flying = false;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#settle();
    });
  }

  /** A reader has everything of `client` up to `clock`. */
  see(reader: number, client: number, clock: number): void {
    const lane = this.#laneOf.get(client);
    if (lane === undefined) return;
    lane.seen[reader] = clock;
    if (this.#scheduled) return;
    // Once per turn of the event loop, when all that has come in has been read.
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#advance();
    });
  }

  /** Edits that only delete show in no clock: they have arrived as soon as they are sent, and make room for more. */
  #advance(): void {
    do this.#settle();
    while (this.#flying && this.#refill() > 0);
  }

  #settle(): void {
    for (const lane of this.#lanes) {
      const { clocks } = lane.frames;
      const clock = smallest(lane.seen);
      while (lane.arrived < lane.sent && (clocks[lane.arrived] ?? 0) <= clock) lane.arrived++;
    }
    if (this.#lanes.every(({ arrived, sent }) => arrived === sent)) {
      this.#onIdle();
      if (this.#lanes.every(({ arrived, frames }) => arrived === frames.clocks.length))
        this.#resolveExhausted();
    }
  }

  /** Returns how many edits were sent. */
  #refill(): number {
    let inFlight = 0;
    for (const { sent, arrived } of this.#lanes) inFlight += sent - arrived;
    const before = inFlight;
    const share = Math.ceil((this.#inFlightMax - inFlight) / this.#lanes.length);
    for (const lane of this.#lanes) {
      const more = Math.min(share, this.#inFlightMax - inFlight, lane.frames.clocks.length - lane.sent);
      if (more <= 0) continue;
      lane.frames.send(lane.sent, lane.sent + more);
      lane.sent += more;
      inFlight += more;
    }
    return inFlight - before;
  }
}

function smallest(values: Uint32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < least) least = value;
  return least;
}
