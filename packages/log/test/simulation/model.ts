import type { Appended } from "../../src/committer";
import { LogError } from "../../src/errors";
import type { LogRecord, RecordInput } from "../../src/record";

/** `waiting`: no answer yet. `refused`: not in the log. `unknown`: may be in the log after a restart. */
type Fate = "waiting" | "durable" | "refused" | "unknown";

export interface ModelRecord extends RecordInput {
  position: number;
  /** The same for all records of one commit. */
  commit: Promise<void>;
  fate: Fate;
}

/** What a log should hold: a list. */
export class Model {
  /** By position, ascending. */
  records: ModelRecord[] = [];
  /** Where the last sync that is known of ended. */
  syncedPosition = 0;
  /** Records up to here were dropped, … */
  horizonPosition = 0;
  /** … and some of those below this position may have been. */
  dropBefore = 0;
  /** The highest of those dropped. */
  #droppedRevision = 0n;
  readonly #givenUp = new Set<number>();
  /** The last position there was when records were given up: that record itself may be gone. */
  #salvagedPosition = 0;
  /** All that was ever taken, including what crashes took back, by position. */
  readonly #taken = new Map<number, ModelRecord[]>();

  add(record: RecordInput, { position, durable }: Appended): void {
    const last = this.records.at(-1)?.position ?? 0;
    if (position <= last) throw new Error(`position ${position} was given out after ${last}`);
    const added: ModelRecord = { ...record, position, commit: durable, fate: "waiting" };
    this.records.push(added);
    this.#taken.set(position, [...(this.#taken.get(position) ?? []), added]);
    durable.then(
      () => {
        added.fate = "durable";
      },
      (error: unknown) => {
        added.fate = error instanceof LogError && error.code === "DISK_FULL" ? "refused" : "unknown";
      },
    );
  }

  /** Of the newest durable record there is; 0 if there is none. */
  get lastRecordPosition(): number {
    return this.records.findLast(({ fate }) => fate === "durable")?.position ?? 0;
  }

  get durablePosition(): number {
    return Math.max(this.lastRecordPosition, this.horizonPosition, this.#salvagedPosition);
  }

  durable(after: number, through: number): ModelRecord[] {
    return this.records.filter(
      ({ fate, position }) => fate === "durable" && position > after && position <= through,
    );
  }

  /** Of all records that were ever durable and are not known to be lost. */
  get newestRevision(): bigint {
    return highestRevision(this.records, this.#droppedRevision);
  }

  /** Forgets the records up to `position`. */
  drop(position: number): void {
    this.horizonPosition = position;
    const dropped = this.records.filter((record) => record.position <= position);
    this.#droppedRevision = highestRevision(dropped, this.#droppedRevision);
    this.records = this.records.filter((record) => record.position > position);
  }

  /** These records are damaged: they will not be there any more, unless they were not hit after all. */
  giveUp(positions: readonly number[]): void {
    for (const position of positions) this.#givenUp.add(position);
  }

  /**
   * Takes over what the log holds after a restart. All records up to `atLeast` must be there; of those behind,
   * the first few, or all, or none, but never one that was refused. Old ones may be gone if they were being
   * dropped.
   */
  reconcile(found: readonly LogRecord[], atLeast: number, durablePosition: number): void {
    const first = found[0]?.position ?? Number.POSITIVE_INFINITY;
    const read = new Set(found.map(({ position }) => position));
    const possible = this.records.filter(
      ({ fate, position }) =>
        fate !== "refused" &&
        (position >= first || position >= this.dropBefore) &&
        (read.has(position) || !this.#givenUp.has(position)),
    );
    const salvaged = this.#givenUp.size > 0 || durablePosition < this.#salvagedPosition;
    if (salvaged) this.#salvagedPosition = durablePosition;
    this.#givenUp.clear();
    assertSame(found, possible.slice(0, found.length));
    const lost = possible[found.length];
    if (lost !== undefined && lost.position <= atLeast) {
      throw new Error(`lost: record ${lost.position}, although all up to ${atLeast} were safe`);
    }
    this.#replace(possible.slice(0, found.length));
  }

  /**
   * Takes over what is left on a disk that lied. Anything may be missing at the end, and what was cut once may
   * be back, but each record must be one that was taken at its position, whole, and their order right.
   */
  reconcileLoosely(found: readonly LogRecord[]): void {
    const known = found.map((record) => {
      const taken = this.#taken.get(record.position)?.find((candidate) => isSame(record, candidate));
      if (taken === undefined) throw new Error(`record ${record.position} was never taken like this`);
      return taken;
    });
    if (known.some(({ position }, index) => position <= (known[index - 1]?.position ?? 0))) {
      throw new Error("positions do not ascend");
    }
    this.#replace(known);
  }

  #replace(records: ModelRecord[]): void {
    this.records = records;
    for (const record of records) record.fate = "durable";
    this.syncedPosition = this.durablePosition;
  }
}

function highestRevision(records: readonly LogRecord[], atLeast: bigint): bigint {
  let highest = atLeast;
  for (const { revision } of records) if (revision > highest) highest = revision;
  return highest;
}

/** Fails unless these are the same records, byte for byte, in the same order. */
export function assertSame(found: readonly LogRecord[], expected: readonly LogRecord[]): void {
  for (const [index, record] of found.entries()) {
    const wanted = expected[index];
    if (wanted === undefined) throw new Error(`record ${record.position} should not be there`);
    if (!isSame(record, wanted))
      throw new Error(`record ${record.position} was read where ${wanted.position} was expected, or changed`);
  }
  const missing = expected[found.length];
  if (missing !== undefined) throw new Error(`record ${missing.position} was not read`);
}

function isSame(record: LogRecord, wanted: LogRecord): boolean {
  return (
    record.position === wanted.position &&
    record.revision === wanted.revision &&
    record.stream === wanted.stream &&
    record.kind === wanted.kind &&
    Buffer.compare(record.key, wanted.key) === 0 &&
    Buffer.compare(record.author, wanted.author) === 0 &&
    Buffer.compare(record.payload, wanted.payload) === 0
  );
}
