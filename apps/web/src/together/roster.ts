/** How long somebody must be gone to have left: a page that is loaded again is back sooner. */
const graceMs = 4000;
/** Whoever one hears of so soon after the connection was there before: they are told of one after another. */
const settlingMs = 2000;

interface Arrivals {
  readonly joined: readonly string[];
  /** The names that those who left went by. */
  readonly left: readonly { readonly id: string; readonly name: string }[];
  /** When to look again, although nobody comes or goes; undefined if there is no need. */
  readonly lookAgainAtMs: number | undefined;
}

interface Entry {
  readonly name: string;
  /** Undefined while they are here. */
  readonly goneSinceMs: number | undefined;
}

/**
 * Who has come and who has left, as a person in the room would say it: not who was there before, not who loads the page
 * again, and nobody while one is cut off oneself, when everybody seems to be gone.
 */
export class Roster {
  #known: Map<string, Entry> | undefined;
  #settledAtMs = 0;

  /**
   * @param present names by the ids of the people who are here
   * @param connected whether what is not in `present` is known to be gone
   */
  observe(present: ReadonlyMap<string, string>, connected: boolean, nowMs: number): Arrivals {
    const before = this.#known;
    if (before === undefined || !connected) {
      if (connected) {
        this.#known = new Map([...present].map(([id, name]) => [id, here(name)]));
        this.#settledAtMs = nowMs + settlingMs;
      } else this.#restartPatience(nowMs);
      return { joined: [], left: [], lookAgainAtMs: undefined };
    }
    const isSettled = nowMs >= this.#settledAtMs;
    const joined = [...present].filter(([id]) => isSettled && !before.has(id)).map(([, name]) => name);
    const left: { id: string; name: string }[] = [];
    const known = new Map([...present].map(([id, name]) => [id, here(name)]));
    let lookAgainAtMs: number | undefined;
    for (const [id, { name, goneSinceMs = nowMs }] of before) {
      if (known.has(id)) continue;
      if (nowMs - goneSinceMs >= graceMs) left.push({ id, name });
      else {
        known.set(id, { name, goneSinceMs });
        lookAgainAtMs = Math.min(lookAgainAtMs ?? Number.POSITIVE_INFINITY, goneSinceMs + graceMs);
      }
    }
    this.#known = known;
    return { joined, left, lookAgainAtMs };
  }

  #restartPatience(nowMs: number): void {
    for (const [id, { name, goneSinceMs }] of this.#known ?? []) {
      if (goneSinceMs !== undefined) this.#known?.set(id, { name, goneSinceMs: nowMs });
    }
  }
}

function here(name: string): Entry {
  return { name, goneSinceMs: undefined };
}
