import { ClockRanges } from "../../updates/clock-ranges";
import { scanUpdate, type UpdateVisitor } from "../../updates/scan-update";

/** What an update brings that was not there before, in UTF-16 units. */
export interface Brought {
  readonly inserted: number;
  readonly deleted: number;
}

const nothing: Brought = { inserted: 0, deleted: 0 };

/**
 * Which structs and deletions a document has, so that each is counted once: whoever comes back hands over all deletions
 * again, and what two people delete at the same time is gone only once.
 */
export class KnownClocks {
  readonly #clocks = new Map<number, number>();
  readonly #deletes = new ClockRanges();
  #inserted = 0;
  #deleted = 0;
  /** Made once: a log that is read anew has millions of updates. */
  readonly #visitor: UpdateVisitor = {
    struct: (client, from, to, isText) => {
      const known = this.#clocks.get(client) ?? 0;
      if (to <= known) return;
      this.#clocks.set(client, to);
      if (isText) this.#inserted += to - Math.max(from, known);
    },
    deletion: (client, from, to) => {
      this.#deleted += this.#deletes.add({ client, from, to });
    },
  };

  /** A measure of the memory that it takes. */
  get size(): number {
    return this.#clocks.size + this.#deletes.runs;
  }

  /** Takes note of clocks that are known by a state vector. */
  learnClocks(clocks: ReadonlyMap<number, number>): void {
    for (const [client, clock] of clocks) this.#reach(client, clock);
  }

  /** Takes note of what an update brings, and says how much of it is new. Of one that is damaged nothing is. */
  learn(update: Uint8Array): Brought {
    this.#inserted = 0;
    this.#deleted = 0;
    try {
      scanUpdate(update, this.#visitor);
    } catch (error) {
      // The gateway lets none in. What an older release has let in is in quarantine.
      if (error instanceof RangeError) return nothing;
      throw error;
    }
    return { inserted: this.#inserted, deleted: this.#deleted };
  }

  #reach(client: number, clock: number): void {
    if (clock > (this.#clocks.get(client) ?? 0)) this.#clocks.set(client, clock);
  }
}
