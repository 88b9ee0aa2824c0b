/** How often something came, at most; and by how much that may be too often. */
export interface Counted {
  readonly key: string;
  readonly count: number;
  readonly over: number;
}

interface Slot extends Counted {
  key: string;
  count: number;
  over: number;
}

/**
 * What comes most often, in bounded memory: Space-Saving (Metwally, Agrawal and El Abbadi, 2005). With n slots and a
 * total weight of W, no count is too high by more than W / n, none is too low, and what has come more often than W / n is
 * among them.
 */
export class SpaceSaving {
  readonly #slotsMax: number;
  /** A heap: the slot at i counts no more than those at 2i + 1 and 2i + 2. */
  readonly #heap: Slot[] = [];
  readonly #at = new Map<string, number>();

  /** @param counted of an earlier one with as many slots */
  constructor(slotsMax: number, counted: Iterable<Counted> = []) {
    this.#slotsMax = slotsMax;
    for (const { key, count, over } of counted) {
      if (this.#heap.length < slotsMax && !this.#at.has(key)) this.#push({ key, count, over });
    }
  }

  /** What is not among the counted has come no more often than this. */
  get missedMax(): number {
    return this.#heap.length < this.#slotsMax ? 0 : (this.#heap[0]?.count ?? 0);
  }

  add(key: string, weight: number): void {
    const at = this.#at.get(key);
    if (at !== undefined) {
      this.#grow(at, weight);
    } else if (this.#heap.length < this.#slotsMax) {
      this.#push({ key, count: weight, over: 0 });
    } else {
      this.#replaceLeast(key, weight);
    }
  }

  /** In no order. */
  *counted(): Iterable<Counted> {
    yield* this.#heap;
  }

  #grow(at: number, weight: number): void {
    const slot = this.#heap[at];
    if (slot === undefined) return;
    slot.count += weight;
    this.#sink(at);
  }

  /** Whoever comes may have come before, as often as the least of the counted. */
  #replaceLeast(key: string, weight: number): void {
    const least = this.#heap[0];
    if (least === undefined) return;
    this.#at.delete(least.key);
    this.#at.set(key, 0);
    least.key = key;
    least.over = least.count;
    this.#grow(0, weight);
  }

  #push(slot: Slot): void {
    let at = this.#heap.length;
    this.#heap.push(slot);
    this.#at.set(slot.key, at);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#heap[parent]?.count ?? 0) <= slot.count) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const least = [left, left + 1].reduce((best, child) => (this.#less(child, best) ? child : best), at);
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #less(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    return first !== undefined && second !== undefined && first.count < second.count;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
    this.#at.set(second.key, a);
    this.#at.set(first.key, b);
  }
}
