import { bytesToBigInt } from "./bytes";
import { IdError } from "./id-error";
import type { Clock, RandomSource } from "./sources";
import { formatUuid, parseUuid } from "./uuid";
import { msToGregorianTicks } from "./uuid-clock";

const rfcVariant = 0b10n;

/** v4: 122 random bits. */
export function mintUuidV4(random: RandomSource): string {
  return formatUuid(stamp(randomBits(random, 128), 4n));
}

/** v7: 48 bits of Unix time in milliseconds, 74 random bits. Those of one millisecond are in no order. */
export function mintUuidV7(now: Clock, random: RandomSource): string {
  const time = BigInt.asUintN(48, BigInt(Math.floor(now())));
  return formatUuid(stamp((time << 80n) | randomBits(random, 80), 7n));
}

/** v8 leaves its 122 bits to the maker: these are random. */
export function mintUuidV8(random: RandomSource): string {
  return formatUuid(stamp(randomBits(random, 128), 8n));
}

/**
 * v5: the same namespace and name always give the same id. Needs `crypto.subtle`, which browsers offer only to
 * pages that came over HTTPS or from localhost.
 *
 * @throws {IdError} BAD_NAMESPACE: the namespace is no UUID.
 */
export async function mintUuidV5(namespace: string, name: string): Promise<string> {
  const space = parseUuid(namespace);
  if (space === undefined) {
    throw new IdError(
      "BAD_NAMESPACE",
      `the namespace of a UUID v5 is a UUID, not ${JSON.stringify(namespace)}`,
    );
  }
  const named = new TextEncoder().encode(name);
  const input = new Uint8Array(16 + named.length);
  new DataView(input.buffer).setBigUint64(0, space >> 64n);
  new DataView(input.buffer).setBigUint64(8, BigInt.asUintN(64, space));
  input.set(named, 16);
  const hash = new Uint8Array(await globalThis.crypto.subtle.digest("SHA-1", input));
  return formatUuid(stamp(bytesToBigInt(hash.subarray(0, 16)), 5n));
}

/** Mints v1 and v6 with a random node and clock sequence; its ticks never repeat nor go back. */
export class GregorianUuidGenerator {
  readonly #now: Clock;
  readonly #sequenceAndNode: bigint;
  #ticks = 0n;

  constructor(now: Clock, random: RandomSource) {
    this.#now = now;
    const multicastBit = 1n << 40n;
    this.#sequenceAndNode = randomBits(random, 64) | multicastBit;
  }

  v1(): string {
    const ticks = this.#nextTicks();
    const low = BigInt.asUintN(32, ticks);
    const mid = BigInt.asUintN(16, ticks >> 32n);
    const high = ticks >> 48n;
    return this.#mint((low << 32n) | (mid << 16n) | high, 1n);
  }

  v6(): string {
    const ticks = this.#nextTicks();
    const highAndMid = ticks >> 12n;
    const low = BigInt.asUintN(12, ticks);
    return this.#mint((highAndMid << 16n) | low, 6n);
  }

  #mint(timeHalf: bigint, version: bigint): string {
    return formatUuid(stamp((timeHalf << 64n) | this.#sequenceAndNode, version));
  }

  #nextTicks(): bigint {
    const clock = BigInt.asUintN(60, msToGregorianTicks(this.#now()));
    this.#ticks = clock > this.#ticks ? clock : this.#ticks + 1n;
    return this.#ticks;
  }
}

/** Puts version and variant where RFC 9562 wants them, over whatever is there. */
function stamp(value: bigint, version: bigint): bigint {
  const cleared = value & ~((0xfn << 76n) | (0b11n << 62n));
  return cleared | (version << 76n) | (rfcVariant << 62n);
}

function randomBits(random: RandomSource, bits: number): bigint {
  const bytes = new Uint8Array(bits / 8);
  random(bytes);
  return bytesToBigInt(bytes);
}
