import { type ClockFaults, SnowflakeGenerator } from "@scriptorium/ids";
import { jumpingClock } from "./jumping-clock";

export interface StreamPlan {
  readonly node: number;
  readonly count: number;
  readonly beginMs: number;
  readonly seed: number;
}

/** What came of a stream that was minted to its end. */
export interface StreamReport {
  readonly node: number;
  readonly minted: number;
  /** Ids that were not above the one before; 0, or the generator is broken. */
  readonly notAscending: number;
  /** Ids with the bits of another node. */
  readonly foreign: number;
  /** How often the clock went back. */
  readonly clockStepsBack: number;
  readonly faults: ClockFaults;
}

/** Mints Snowflakes by a clock that jumps, and hands them over in portions. What it finds does not rest on the portions. */
export class MintStream {
  readonly #plan: StreamPlan;
  readonly #clock: ReturnType<typeof jumpingClock>;
  readonly #generator: SnowflakeGenerator;
  #previous = -1n;
  #minted = 0;
  #notAscending = 0;
  #foreign = 0;

  constructor(plan: StreamPlan) {
    this.#plan = plan;
    this.#clock = jumpingClock(plan.beginMs, plan.seed);
    // Against a steady clock that stands still every jump of more than a second counts.
    this.#generator = new SnowflakeGenerator({ node: plan.node, now: this.#clock.now, steady: () => 0 });
  }

  /** The next ids in the order in which they were minted; empty at the end. */
  take(portion: number): BigUint64Array<ArrayBuffer> {
    const ids = new BigUint64Array(Math.min(portion, this.#plan.count - this.#minted));
    const node = BigInt(this.#plan.node);
    for (let index = 0; index < ids.length; index++) {
      const id = this.#generator.next();
      if (id <= this.#previous) this.#notAscending++;
      if (((id >> 12n) & 0x3ffn) !== node) this.#foreign++;
      this.#previous = id;
      ids[index] = id;
    }
    this.#minted += ids.length;
    return ids;
  }

  report(): StreamReport {
    return {
      node: this.#plan.node,
      minted: this.#minted,
      notAscending: this.#notAscending,
      foreign: this.#foreign,
      clockStepsBack: this.#clock.stepsBack(),
      faults: this.#generator.clockFaults,
    };
  }
}
