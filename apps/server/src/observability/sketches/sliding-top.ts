import { type Counted, SpaceSaving } from "./space-saving";

export interface SlidingTopOptions {
  readonly windowMs: number;
  /** Into how many parts the window is divided: it slides by one of them. */
  readonly parts: number;
  /** How many things each part counts. */
  readonly slots: number;
}

/** Something that came in the window: between `count - over` and `count + under` times. */
export interface Ranked extends Counted {
  readonly under: number;
}

interface Part {
  /** Of the time since 1970, in lengths of a part. */
  readonly number: number;
  readonly counts: SpaceSaving;
}

/** A part as it is kept across restarts. */
export interface KeptPart {
  readonly number: number;
  readonly counted: readonly Counted[];
}

/**
 * What came most often lately. The window is a ring of parts, each with counts of its own ({@link SpaceSaving}), which are
 * added up when they are asked for (Agarwal and others, "Mergeable summaries", 2012): of a weight of W in the window, no
 * count is off by more than W / slots, whatever else comes in however many kinds. The oldest part is left out as a whole
 * once it lies outside the window, which therefore is up to a part longer than it is said to be.
 */
export class SlidingTop {
  readonly #options: SlidingTopOptions;
  readonly #partMs: number;
  /** Oldest first. */
  #parts: Part[];

  /** @param kept of an earlier one with the same options */
  constructor(options: SlidingTopOptions, kept: readonly KeptPart[] = []) {
    this.#options = options;
    this.#partMs = options.windowMs / options.parts;
    this.#parts = kept.map(({ number, counted }) => ({
      number,
      counts: new SpaceSaving(options.slots, counted),
    }));
  }

  add(key: string, weight: number, nowMs: number): void {
    this.#partOf(nowMs).counts.add(key, weight);
  }

  /** Up to `limit`, what came most often first. */
  top(limit: number, nowMs: number): Ranked[] {
    this.#forget(nowMs);
    const missedMax = this.#parts.reduce((sum, { counts }) => sum + counts.missedMax, 0);
    const sums = new Map<string, { key: string; count: number; over: number; under: number }>();
    for (const { counts } of this.#parts) {
      for (const { key, count, over } of counts.counted()) {
        const sum = sums.get(key) ?? { key, count: 0, over: 0, under: missedMax };
        sums.set(key, sum);
        sum.count += count;
        sum.over += over;
        sum.under -= counts.missedMax;
      }
    }
    return [...sums.values()].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, limit);
  }

  kept(): KeptPart[] {
    return this.#parts.map(({ number, counts }) => ({
      number,
      counted: Array.from(counts.counted(), ({ key, count, over }) => ({ key, count, over })),
    }));
  }

  #partOf(nowMs: number): Part {
    const number = Math.floor(nowMs / this.#partMs);
    const newest = this.#parts.at(-1);
    // Where the clock went back, the newest part goes on until it has caught up.
    if (newest !== undefined && number <= newest.number && this.#isInReach(newest, number)) return newest;
    const part = { number, counts: new SpaceSaving(this.#options.slots) };
    this.#forget(nowMs);
    this.#parts.push(part);
    return part;
  }

  #forget(nowMs: number): void {
    const number = Math.floor(nowMs / this.#partMs);
    this.#parts = this.#parts.filter(
      (part) => part.number >= number - this.#options.parts && this.#isInReach(part, number),
    );
  }

  /** What lies further ahead than a window was counted by a clock that was wrong. */
  #isInReach(part: Part, number: number): boolean {
    return part.number <= number + this.#options.parts;
  }
}
