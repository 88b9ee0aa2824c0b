/**
 * Random numbers that a seed repeats: a counter in steps of the golden ratio, stirred by two rounds of
 * multiply and shift (the construction of SplitMix, Steele, Lea and Flood 2014, at 32 bits).
 */
export class Random {
  #counter: number;

  constructor(seed: number) {
    this.#counter = seed >>> 0;
  }

  /** 32 random bits. */
  bits(): number {
    this.#counter = (this.#counter + 0x9e37_79b9) >>> 0;
    let mixed = this.#counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor((this.bits() / 2 ** 32) * limit);
  }

  /** A whole number, both ends included. */
  between(from: number, through: number): number {
    return from + this.below(through - from + 1);
  }

  chance(probability: number): boolean {
    return this.bits() / 2 ** 32 < probability;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}
