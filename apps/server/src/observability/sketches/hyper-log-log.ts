/** Of the hashes that are counted. */
const hashBits = 64;
const precisionDefault = 14;

/**
 * How many different things there were, out of 2^precision bytes however many come: HyperLogLog (Flajolet and others,
 * 2007) over hashes of 64 bits, estimated as Ertl does ("New cardinality estimation algorithms for HyperLogLog
 * sketches", 2017, arXiv:1702.01284, algorithm 6), which needs no correction by measured tables for small numbers nor
 * for large ones.
 */
export class HyperLogLog {
  readonly #precision: number;
  readonly #registers: Uint8Array;

  /** @param registers of an earlier one, which are kept and changed; default: none has been counted */
  constructor(precision = precisionDefault, registers: Uint8Array = new Uint8Array(2 ** precision)) {
    if (registers.length !== 2 ** precision) throw new RangeError(`${2 ** precision} registers are needed`);
    this.#precision = precision;
    this.#registers = registers;
  }

  /** The standard deviation of an estimate, as a share of the true number: 0.8 % with 2^14 registers. */
  get relativeError(): number {
    return 1.04 / Math.sqrt(this.#registers.length);
  }

  /** What the sketch consists of. Not a copy. */
  get registers(): Uint8Array {
    return this.#registers;
  }

  /** Counts what has this hash: its upper and its lower 32 bits, unsigned. */
  add(high: number, low: number): void {
    const index = high >>> (32 - this.#precision);
    const rest = (high << this.#precision) >>> 0;
    // The first of the bits behind the index that is set, counted from 1.
    const zeros = rest === 0 ? 32 - this.#precision + Math.clz32(low) : Math.clz32(rest);
    const rank = zeros + 1;
    if (rank > (this.#registers[index] ?? 0)) this.#registers[index] = rank;
  }

  estimate(): number {
    const registers = this.#registers.length;
    const rankMax = hashBits - this.#precision + 1;
    const multiplicities = new Uint32Array(rankMax + 1);
    for (const rank of this.#registers) multiplicities[rank] = (multiplicities[rank] ?? 0) + 1;
    let sum = registers * tau(1 - (multiplicities[rankMax] ?? 0) / registers);
    for (let rank = rankMax - 1; rank >= 1; rank--) sum = 0.5 * (sum + (multiplicities[rank] ?? 0));
    sum += registers * sigma((multiplicities[0] ?? 0) / registers);
    return (registers * registers) / (2 * Math.LN2 * sum);
  }
}

/** What registers stand for that nothing has hit: the sum of x^(2^k) · 2^(k-1). */
function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let power = share;
  let factor = 1;
  let sum = share;
  for (let before = -1; sum !== before; factor *= 2) {
    before = sum;
    power *= power;
    sum += power * factor;
  }
  return sum;
}

/** What registers stand for that can go no further. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let root = share;
  let factor = 1;
  let sum = 1 - share;
  for (let before = -1; sum !== before; ) {
    before = sum;
    root = Math.sqrt(root);
    factor *= 0.5;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}
