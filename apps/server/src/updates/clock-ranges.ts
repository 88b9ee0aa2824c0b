/** Clocks of one Yjs client: from `from`, included, to `to`, excluded. */
export interface ClockRange {
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

/** A set of clocks per client, kept as sorted runs that neither touch nor overlap. */
export class ClockRanges {
  readonly #clients = new Map<number, { from: number; to: number }[]>();
  #runs = 0;

  /** How many runs it is made of: a measure of the memory that it takes. */
  get runs(): number {
    return this.#runs;
  }

  /** @returns how many of the clocks were not there before */
  add({ client, from, to }: ClockRange): number {
    if (from >= to) return 0;
    const runs = this.#clients.get(client);
    if (runs === undefined) {
      this.#clients.set(client, [{ from, to }]);
      this.#runs += 1;
      return to - from;
    }
    // All runs that touch [from, to) become one with it.
    const first = firstReaching(runs, from);
    let end = first;
    let joined = { from, to };
    let added = to - from;
    for (let run = runs[end]; run !== undefined && run.from <= to; run = runs[++end]) {
      joined = { from: Math.min(joined.from, run.from), to: Math.max(joined.to, run.to) };
      added -= Math.min(run.to, to) - Math.max(run.from, from);
    }
    runs.splice(first, end - first, joined);
    this.#runs += 1 - (end - first);
    return added;
  }

  has({ client, from, to }: ClockRange): boolean {
    const runs = this.#clients.get(client);
    const run = runs?.[firstReaching(runs, from)];
    return from >= to || (run !== undefined && run.from <= from && to <= run.to);
  }

  /** The run that starts at or before `clock` and reaches beyond it, if any. */
  endOfRunAt(client: number, clock: number): number | undefined {
    const runs = this.#clients.get(client);
    const run = runs?.[firstReaching(runs, clock)];
    return run !== undefined && run.from <= clock && run.to > clock ? run.to : undefined;
  }
}

/** Index of the first run that ends at or behind `clock`. */
function firstReaching(runs: readonly { to: number }[], clock: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const run = runs[middle];
    if (run !== undefined && run.to < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
