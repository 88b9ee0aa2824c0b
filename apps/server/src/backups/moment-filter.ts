import type { LogRecord } from "@scriptorium/log";
import { decodeSnapshotRecord } from "../storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../storage/stream";

/**
 * Picks the records that a restore to a moment takes; sees all of a log, in order.
 *
 * Snapshots and checkpoints are written long after the moment that they are of. That moment counts: they stand for the
 * records up to it, which may be gone.
 */
export class MomentFilter {
  readonly #revisionMax: bigint;
  #undone = 0;
  #horizon = 0n;
  #first: bigint | undefined;
  /** By key: the moment of the newest snapshot. */
  readonly #asOf = new Map<string, bigint>();

  /** @param revisionMax undefined takes all */
  constructor(revisionMax: bigint | undefined) {
    this.#revisionMax = revisionMax ?? 2n ** 64n - 1n;
  }

  takes(record: LogRecord): boolean {
    const { revision } = record;
    this.#first ??= revision;
    const asOf = this.#momentOf(record);
    if (asOf !== undefined) return asOf <= this.#revisionMax;
    if (revision <= this.#revisionMax) return true;
    this.#undone += 1;
    return false;
  }

  /** No moment before this revision can be restored: records up to it were dropped. 0n if none were. */
  get horizon(): bigint {
    return this.#horizon;
  }

  /** Of which moment a snapshot or checkpoint is; undefined for all other records. */
  #momentOf({ key, stream, kind, payload }: LogRecord): bigint | undefined {
    if (stream === Stream.text && kind === TextKind.checkpoint) return this.#asOf.get(textOf(key)) ?? 0n;
    if (stream !== Stream.catalogue || kind !== CatalogueKind.snapshot) return undefined;
    const { asOf } = decodeSnapshotRecord(payload);
    this.#asOf.set(textOf(key), asOf);
    if (this.#first !== undefined && asOf < this.#first && asOf > this.#horizon) this.#horizon = asOf;
    return asOf;
  }

  /** Records seen so far that are of a later time: the restore takes them back. */
  get undone(): number {
    return this.#undone;
  }
}

function textOf(key: Uint8Array): string {
  return Buffer.from(key).toString("latin1");
}
