import type { SealedIndex } from "./sealed-index";

/** Keeps the indexes of sealed segments that were used last, up to a number of bytes. */
export class IndexCache {
  hits = 0;
  misses = 0;
  readonly #bytesMax: number;
  /** The least recently used first. */
  readonly #entries = new Map<string, SealedIndex>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param load is called if the index at `path` is not held; what it throws is not remembered */
  async get(path: string, load: () => Promise<SealedIndex>): Promise<SealedIndex> {
    const held = this.#entries.get(path);
    if (held !== undefined) {
      this.hits += 1;
      this.#entries.delete(path);
      this.#entries.set(path, held);
      return held;
    }
    this.misses += 1;
    const loaded = await load();
    this.delete(path);
    this.#entries.set(path, loaded);
    this.#bytes += loaded.size;
    this.#shrink();
    return loaded;
  }

  delete(path: string): void {
    const held = this.#entries.get(path);
    if (held === undefined) return;
    this.#entries.delete(path);
    this.#bytes -= held.size;
  }

  #shrink(): void {
    for (const path of this.#entries.keys()) {
      if (this.#bytes <= this.#bytesMax) return;
      this.delete(path);
    }
  }
}
