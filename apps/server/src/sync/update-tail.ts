import { mergeUpdates } from "./merge-updates";

/** One or more updates that follow on one another in the document's log, as one. */
export interface TailEntry {
  /** Position of its newest record. */
  readonly position: number;
  /** Revision of its newest record. */
  readonly revision: bigint;
  readonly update: Uint8Array;
}

interface Leveled extends TailEntry {
  /** How often it was merged out of smaller ones. */
  readonly level: number;
}

const fanIn = 16;
/** Entries do not grow beyond this, so that a reader who lacks a little of one is not sent much. */
const mergedBytesMax = 8 * 1024;

/**
 * The updates behind a room's checkpoint, oldest first. Small ones are merged as they age: always the newest
 * {@link fanIn} of one level, so that each update is merged a few times in all.
 */
export class UpdateTail {
  #entries: Leveled[] = [];
  #bytes = 0;

  /** Bytes of all updates. */
  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Takes an entry that is newer than all others. */
  add(entry: TailEntry): void {
    this.#entries.push({ ...entry, level: 0 });
    this.#bytes += entry.update.length;
    while (this.#mergeNewest()) {
      // The merged entry may be the last that the next level waited for.
    }
  }

  /** Lets go of what a checkpoint through `position` holds. An entry that reaches beyond it stays whole. */
  dropThrough(position: number): void {
    this.#entries = this.#entries.filter((entry) => entry.position > position);
    this.#bytes = this.#entries.reduce((bytes, { update }) => bytes + update.length, 0);
  }

  /** The entries that hold records behind `position`, 0 for all. The first may hold older ones, too. */
  after(position: number): readonly TailEntry[] {
    return position === 0 ? this.#entries : this.#entries.filter((entry) => entry.position > position);
  }

  #mergeNewest(): boolean {
    const first = this.#entries.length - fanIn;
    const newest = this.#entries.at(-1);
    if (newest === undefined || this.#entries[first]?.level !== newest.level) return false;
    const parts = this.#entries.slice(first).map(({ update }) => update);
    const bytes = parts.reduce((sum, { length }) => sum + length, 0);
    if (bytes > mergedBytesMax) return false;
    const update = mergeUpdates(parts);
    if (update === undefined) return false;
    const { position, revision, level } = newest;
    this.#entries.splice(first, fanIn, { position, revision, update, level: level + 1 });
    this.#bytes += update.length - bytes;
    return true;
  }
}
