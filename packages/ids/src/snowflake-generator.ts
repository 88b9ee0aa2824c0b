import { IdError } from "./id-error";
import { snowflakeEpochMs, snowflakeMax, snowflakeParts, snowflakeTimeMaxMs } from "./snowflake";
import { type Clock, steadyClock, systemClock } from "./sources";

const sequenceMax = 0xfff;

/** What a clock may gain or lose against a steady one between two readings before it counts as a step. */
export const clockStepMs = 1000;

/** How often something was wrong with the clock of a generator, none of which its ids show. */
export interface ClockFaults {
  /**
   * The clock went back, or lost more than `clockStepMs` against a steady one; or it was behind the newest id when the
   * generator began.
   */
  readonly stepsBack: number;
  /** The clock gained more than `clockStepMs` against a steady one: it was set, or the machine slept. */
  readonly stepsForward: number;
  /** All 4,096 numbers of a millisecond were used, and the next one was borrowed. */
  readonly sequenceExhausted: number;
}

/**
 * Mints Snowflakes that are each greater than the one before, whatever the clock does.
 *
 * ```
 * bit 63  62                22          17      12          0
 *     | 0 | ms since epoch, 41 | datacentre, 5 | worker, 5 | sequence, 12 |
 * ```
 *
 * While the clock stands still or behind the newest id, the sequence counts up; when its 4,096 numbers are used,
 * the generator borrows the next millisecond rather than wait for it. No two live generators may share a node.
 */
export class SnowflakeGenerator {
  readonly #now: Clock;
  readonly #steady: Clock;
  readonly #node: bigint;
  /** Since the epoch: of the newest id, the clock's or borrowed. */
  #ms: number;
  #sequence = sequenceMax;
  // Of this millisecond, the id with sequence 0. Adding to it costs some 5 ns per id beside the 40 for reading
  // the clock; shifting each id together anew cost 40 more.
  #first = 0n;
  /** The clock's newest reading that differed from the one before, since the epoch. */
  #clockMs: number | undefined;
  /** The steady clock's reading at that time. */
  #steadyMs = 0;
  #faults = { stepsBack: 0, stepsForward: 0, sequenceExhausted: 0 };

  /**
   * `node` is 0–1023. The first id is above `above`, the newest id known, whatever node minted that.
   *
   * @throws {IdError} BAD_NODE, ID_OUT_OF_RANGE: `above` is no Snowflake.
   */
  constructor(options: { node: number; above?: bigint; now?: Clock; steady?: Clock }) {
    const { node, above = 0n, now = systemClock, steady = steadyClock } = options;
    if (!Number.isInteger(node) || node < 0 || node > 1023) {
      throw new IdError("BAD_NODE", `a Snowflake's node is 0 to 1023, not ${node}`);
    }
    this.#now = now;
    this.#steady = steady;
    this.#node = BigInt(node) << 12n;
    // With the sequence used up, the first id comes from a later millisecond: above every node's.
    this.#ms = snowflakeParts(above).timeMs - snowflakeEpochMs;
  }

  /**
   * A clock before the epoch, or one that is no number, counts as standing still.
   *
   * @throws {IdError} TIME_OUT_OF_RANGE: the clock, or what was borrowed, is past September 2093. The generator
   *   stays as it was.
   */
  next(): bigint {
    const clockMs = Math.floor(this.#now()) - snowflakeEpochMs;
    if (clockMs !== this.#clockMs) this.#noteClock(clockMs);
    if (clockMs > this.#ms) {
      this.#enter(clockMs);
    } else if (this.#sequence === sequenceMax) {
      this.#borrow();
    } else {
      this.#sequence += 1;
    }
    return this.#first + BigInt(this.#sequence);
  }

  /** What was wrong with the clock so far. */
  get clockFaults(): ClockFaults {
    return { ...this.#faults };
  }

  /** Once for each millisecond at most: the steady clock is read only where the other has moved. */
  #noteClock(clockMs: number): void {
    if (!Number.isFinite(clockMs)) return;
    const steadyMs = this.#steady();
    if (this.#clockMs === undefined) {
      if (clockMs < this.#ms) this.#faults.stepsBack += 1;
    } else {
      const step = clockMs - this.#clockMs;
      const gained = step - (steadyMs - this.#steadyMs);
      if (step < 0 || gained < -clockStepMs) this.#faults.stepsBack += 1;
      else if (gained > clockStepMs) this.#faults.stepsForward += 1;
    }
    this.#clockMs = clockMs;
    this.#steadyMs = steadyMs;
  }

  #borrow(): void {
    // The generator begins with the sequence used up, though by nobody.
    const isUsedUp = this.#first !== 0n;
    this.#enter(this.#ms + 1);
    if (isUsedUp) this.#faults.sequenceExhausted += 1;
  }

  #enter(ms: number): void {
    if (ms + snowflakeEpochMs > snowflakeTimeMaxMs) {
      throw new IdError(
        "TIME_OUT_OF_RANGE",
        `no Snowflake is above ${snowflakeMax}: ${ms} ms since the epoch`,
      );
    }
    this.#ms = ms;
    this.#sequence = 0;
    this.#first = (BigInt(ms) << 22n) | this.#node;
  }
}
