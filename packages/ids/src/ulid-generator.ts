import type { Ulid } from "./brand";
import { crockfordDigit, encodeCrockford } from "./crockford";
import { IdError } from "./id-error";
import { type Clock, type RandomSource, systemClock, systemRandom } from "./sources";
import { ulidTimeMaxMs } from "./ulid";

/**
 * Mints ULIDs that each sort above the one before, whatever the clock does.
 *
 * ```
 * byte  0              6                             16
 *       | time, 48 bit | random, 80 bit              |
 * ```
 *
 * A new millisecond draws new random bits; within one, and while the clock stands behind it, the random part
 * counts up by one. Should it overflow, the generator borrows the next millisecond and draws anew, where the
 * specification would have it fail. The ids of one generator are thus guessable from each other: never use one
 * as a secret.
 *
 * The type parameter says what the ids name: `new UlidGenerator<DocumentId>()`.
 */
export class UlidGenerator<Id extends Ulid = Ulid> {
  readonly #now: Clock;
  readonly #random: RandomSource;
  readonly #bytes = new Uint8Array(16);
  readonly #randomPart = this.#bytes.subarray(6);
  #timeMs = -1;
  /** The newest id without its last character; empty where the next id has to be written anew. */
  #head = "";

  constructor(options: { now?: Clock; random?: RandomSource } = {}) {
    this.#now = options.now ?? systemClock;
    this.#random = options.random ?? systemRandom;
  }

  /**
   * A clock before 1970, or one that is no number, counts as 1970.
   *
   * @throws {IdError} TIME_OUT_OF_RANGE: the clock is past the year 10889. The generator stays as it was.
   */
  next(): Id {
    const clockMs = this.#now();
    const timeMs = clockMs > 0 ? Math.floor(clockMs) : 0;
    if (timeMs > this.#timeMs) {
      this.#enter(timeMs);
    } else if (!countUp(this.#randomPart)) {
      this.#enter(this.#timeMs + 1);
    }
    return this.#write();
  }

  /** Of an id that is one more than the one before mostly the last five bits alone are others: one character. */
  #write(): Id {
    const last = (this.#bytes[15] ?? 0) & 0b11111;
    if (last > 0 && this.#head !== "") return (this.#head + crockfordDigit(last)) as Id;
    const id = encodeCrockford(this.#bytes) as Id;
    this.#head = id.slice(0, -1);
    return id;
  }

  #enter(timeMs: number): void {
    if (timeMs > ulidTimeMaxMs) {
      throw new IdError(
        "TIME_OUT_OF_RANGE",
        `a ULID holds no time past ${ulidTimeMaxMs}, the clock says ${timeMs}`,
      );
    }
    this.#random(this.#randomPart);
    this.#timeMs = timeMs;
    this.#head = "";
    let rest = timeMs;
    for (let at = 5; at >= 0; at -= 1) {
      this.#bytes[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }
}

/** Adds one to a big-endian number in place. False if it was the highest: it is then unchanged. */
function countUp(bytes: Uint8Array): boolean {
  const last = bytes.length - 1;
  const lowest = bytes[last] ?? 0;
  if (lowest < 0xff) {
    bytes[last] = lowest + 1;
    return true;
  }
  const at = bytes.findLastIndex((byte) => byte !== 0xff);
  if (at === -1) {
    return false;
  }
  bytes[at] = (bytes[at] ?? 0) + 1;
  bytes.fill(0, at + 1);
  return true;
}
