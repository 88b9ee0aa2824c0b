import { IdError } from "./id-error";
import { snowflakeEpochMs, snowflakeMax, snowflakeParts, snowflakeTimeMaxMs } from "./snowflake";
import { type Clock, systemClock } from "./sources";

const sequenceMax = 0xfff;

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
  readonly #node: bigint;
  /** Since the epoch: of the newest id, the clock's or borrowed. */
  #ms: number;
  #sequence = sequenceMax;
  // Of this millisecond, the id with sequence 0. Adding to it costs some 5 ns per id beside the 40 for reading
  // the clock; shifting each id together anew cost 40 more.
  #first = 0n;

  /**
   * `node` is 0–1023. The first id is above `above`, the newest id known, whatever node minted that.
   *
   * @throws {IdError} BAD_NODE, ID_OUT_OF_RANGE: `above` is no Snowflake.
   */
  constructor(options: { node: number; above?: bigint; now?: Clock }) {
    const { node, above = 0n, now = systemClock } = options;
    if (!Number.isInteger(node) || node < 0 || node > 1023) {
      throw new IdError("BAD_NODE", `a Snowflake's node is 0 to 1023, not ${node}`);
    }
    this.#now = now;
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
    if (clockMs > this.#ms) {
      this.#enter(clockMs);
    } else if (this.#sequence === sequenceMax) {
      this.#enter(this.#ms + 1);
    } else {
      this.#sequence += 1;
    }
    return this.#first + BigInt(this.#sequence);
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
