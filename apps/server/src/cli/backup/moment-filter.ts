import type { LogRecord } from "@scriptorium/log";

/** Picks the records that a restore to a moment takes; sees all of a log, in order. */
export class MomentFilter {
  readonly #revisionMax: bigint;
  #undone = 0;

  /** @param revisionMax undefined takes all */
  constructor(revisionMax: bigint | undefined) {
    this.#revisionMax = revisionMax ?? 2n ** 64n - 1n;
  }

  takes({ revision }: LogRecord): boolean {
    if (revision <= this.#revisionMax) return true;
    this.#undone += 1;
    return false;
  }

  /** Records seen so far that are of a later time: the restore takes them back. */
  get undone(): number {
    return this.#undone;
  }
}
