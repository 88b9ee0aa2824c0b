import {
  type Appended,
  type Commit,
  type CommitTotals,
  Committer,
  type Durability,
  type LogState,
} from "./committer";
import { dropSegments } from "./drop-segments";
import { LogError } from "./errors";
import { IndexCache } from "./index-cache";
import { type OpenedLog, openLog } from "./open-log";
import { type LogOptions, type ResolvedOptions, resolveOptions } from "./options";
import type { ReadRange } from "./read-range";
import { flatten, readRecords } from "./read-records";
import type { LogRecord, RecordInput } from "./record";
import type { RecoveryReport } from "./recovery";
import { Sealer, type SealTotals } from "./sealer";

/** A sealed segment, as whoever drops segments sees it. */
export interface SealedExtent {
  /** Of the last record. */
  lastPosition: number;
  /** The highest one in it; 0n without records. */
  revisionMax: bigint;
  records: number;
  /** Size of the file. */
  bytes: number;
}

export interface LogStatistics extends CommitTotals {
  state: LogState;
  durability: Durability;
  segments: number;
  /** Size of all segments together. */
  bytes: number;
  /** Taken by `append`, not yet durable. */
  pendingBytes: number;
  nextPosition: number;
  durablePosition: number;
  /** Position of the last record that `dropBefore` dropped, 0 if none. */
  horizonPosition: number;
  sealing: SealTotals & {
    /** Sealed segments there are. */
    segments: number;
    /** Segments that wait to be sealed. */
    waiting: number;
  };
  indexCache: { bytes: number; hits: number; misses: number };
  /** Places in sealed segments that could not be read, when the log was opened or since. */
  damaged: number;
}

interface CommonReadOptions {
  /** Only records behind this position; default 0. */
  after?: number;
  /** Only records up to and including this position; default, and at most: the newest durable one. */
  through?: number;
  /** Only records of this revision or a higher one. */
  sinceRevision?: bigint;
  /** The newest first. */
  reverse?: boolean;
  /**
   * Called with each damaged place in a sealed segment, which is passed over then. Without it, reading ends
   * there with that error.
   */
  onDamage?: (damage: LogError) => void;
}

export interface ReadKeyOptions extends CommonReadOptions {
  /** Only records of this stream. */
  stream?: number;
}

export type ReadOptions = CommonReadOptions;

/** The append-only log of one directory, and its only writer. */
export class Log {
  /** What was found, and cut off, when the log was opened. */
  readonly recovery: RecoveryReport;
  readonly #options: ResolvedOptions;
  readonly #opened: OpenedLog;
  readonly #committer: Committer;
  readonly #cache: IndexCache;
  readonly #sealer: Sealer;
  readonly #listeners = new Set<(position: number) => void>();
  /** Where damage was met, by segment and offset. */
  readonly #damaged = new Map<string, LogError>();
  #dropping: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  private constructor(options: ResolvedOptions, opened: OpenedLog) {
    this.recovery = opened.report;
    this.#options = options;
    this.#opened = opened;
    this.#committer = new Committer({
      ...options,
      ...opened,
      onCommit: (commit, position) => this.#announce(commit, position),
    });
    this.#cache = new IndexCache(options.indexCacheBytesMax);
    this.#sealer = new Sealer({
      files: options.files,
      directory: options.directory,
      segments: opened.segments,
      horizon: () => opened.horizon,
      busy: () => this.#committer.pendingBytes > 0,
      onProblem: (problem) => shield(() => options.onProblem(problem)),
    });
    for (const damage of opened.report.damaged) this.#noteDamage(damage);
    opened.writer.onRoll = () => this.#wakeSealer();
    this.#wakeSealer();
  }

  /**
   * Locks the directory, verifies the log, and cuts off what a crash left unfinished.
   *
   * @throws {LogError} LOCKED, CORRUPT, UNSUPPORTED_VERSION, DIRECTORY_UNUSABLE; no record was modified
   */
  static async open(options: LogOptions): Promise<Log> {
    const resolved = resolveOptions(options);
    return new Log(resolved, await openLog(resolved));
  }

  /**
   * Takes a record; its bytes are copied before this returns.
   *
   * @throws {LogError} RECORD_TOO_LARGE, INVALID_RECORD, OVERLOADED, DISK_FULL, FAILED, CLOSED: nothing was
   *   taken
   */
  append(record: RecordInput): Appended {
    return this.#committer.append(record);
  }

  /** Position of the next record to be appended. The first is 1. */
  get nextPosition(): number {
    return this.#committer.nextPosition;
  }

  /** Position of the newest durable record, 0 if there is none. */
  get durablePosition(): number {
    return this.#committer.durablePosition;
  }

  /** The highest revision ever taken, 0n if there is none. */
  get newestRevision(): bigint {
    return this.#committer.newestRevision;
  }

  /**
   * Calls `listener` after each commit with the position of its last record. Returns the undo. What a
   * listener throws becomes a process warning.
   */
  readonly onDurable = (listener: (position: number) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /**
   * The records of one key that are durable now, in order.
   *
   * @throws {LogError} CLOSED; CORRUPT while reading
   */
  readKey(key: Uint8Array, options: ReadKeyOptions = {}): AsyncIterable<LogRecord> {
    return flatten(this.readKeyBatches(key, options));
  }

  /** The same, in batches of what was read at a time: faster by far for a key of many records. */
  readKeyBatches(key: Uint8Array, options: ReadKeyOptions = {}): AsyncIterable<LogRecord[]> {
    return this.#read(options, { key, stream: options.stream });
  }

  /**
   * All records that are durable now, in order. Holds one sealed segment at a time in memory.
   *
   * @throws {LogError} CLOSED; CORRUPT while reading
   */
  read(options: ReadOptions = {}): AsyncIterable<LogRecord> {
    return flatten(this.readBatches(options));
  }

  /** The same, in batches. */
  readBatches(options: ReadOptions = {}): AsyncIterable<LogRecord[]> {
    return this.#read(options, undefined);
  }

  #read(options: CommonReadOptions, filter: ReadRange["filter"]): AsyncIterable<LogRecord[]> {
    if (this.#closing !== undefined) throw new LogError("CLOSED", "the log is closed");
    const { after = 0, through = this.durablePosition, sinceRevision, reverse, onDamage } = options;
    const range: ReadRange = {
      after,
      through: Math.min(through, this.durablePosition),
      filter,
      sinceRevision,
      reverse,
      onDamage: onDamage && ((damage) => onDamage(this.#noteDamage(damage))),
    };
    return this.#noting(readRecords(this.#options.files, this.#cache, this.#opened.segments.slice(), range));
  }

  async *#noting(batches: AsyncIterable<LogRecord[]>): AsyncGenerator<LogRecord[], void, undefined> {
    try {
      yield* batches;
    } catch (error) {
      throw error instanceof LogError ? this.#noteDamage(error) : error;
    }
  }

  #noteDamage(error: LogError): LogError {
    if (error.code === "CORRUPT") this.#damaged.set(`${error.segment}:${error.offset}`, error);
    return error;
  }

  /** The damage met so far, when the log was opened or by reading. */
  get damaged(): readonly LogError[] {
    return [...this.#damaged.values()];
  }

  /**
   * Resolves when no segment waits to be sealed any more, or sealing has failed (see `statistics`). Nobody has
   * to call this: segments are sealed in the background.
   *
   * @throws {LogError} CLOSED
   */
  async sealed(): Promise<void> {
    if (this.#closing !== undefined) throw new LogError("CLOSED", "the log is closed");
    await this.#sealer.idle();
  }

  /** The sealed segments there are, oldest first, up to the first that is not sealed, or cannot be read. */
  sealedSegments(): SealedExtent[] {
    const extents: SealedExtent[] = [];
    for (const segment of this.#opened.segments) {
      if (segment.kind !== "sealed") break;
      const { revisionMax, records } = segment.trailer;
      extents.push({ lastPosition: segment.lastPosition, revisionMax, records, bytes: segment.end });
    }
    return extents;
  }

  /**
   * Not below the highest revision that `dropBefore` dropped, and not far above it; 0n if nothing was dropped. Only
   * behind this one are all records sure to be there.
   */
  get horizonRevision(): bigint {
    const { segments, horizon } = this.#opened;
    const first = segments.find((segment) => segment.kind !== "damaged");
    return horizon.position === 0 || first === undefined ? 0n : first.header.newestRevision;
  }

  /**
   * Drops the records below `position`, for good, as far as they fill whole sealed segments.
   *
   * @returns the position of the last record dropped so far, 0 if none
   * @throws {LogError} CLOSED, FAILED: what was not dropped is still there
   */
  dropBefore(position: number): Promise<number> {
    if (this.#closing !== undefined) throw new LogError("CLOSED", "the log is closed");
    const { files, directory } = this.#options;
    const dropping = this.#dropping.then(() => dropSegments(files, directory, this.#opened, position));
    this.#dropping = dropping.catch(() => {});
    return dropping;
  }

  statistics(): LogStatistics {
    const { segments, horizon } = this.#opened;
    const sealedSegments = segments.filter(({ kind }) => kind === "sealed").length;
    const { bytes, hits, misses } = this.#cache;
    return {
      ...this.#committer.totals,
      state: this.#committer.state,
      durability: this.#options.durability,
      segments: segments.length,
      bytes: segments.reduce((sum, { end }) => sum + end, 0),
      pendingBytes: this.#committer.pendingBytes,
      nextPosition: this.nextPosition,
      durablePosition: this.durablePosition,
      horizonPosition: horizon.position,
      sealing: {
        ...this.#sealer.totals,
        segments: sealedSegments,
        waiting: segments.filter(({ kind }) => kind === "plain").length - 1,
      },
      indexCache: { bytes, hits, misses },
      damaged: this.#damaged.size,
    };
  }

  /**
   * Commits what is pending, syncs, and releases the directory. Every call gets the same promise.
   *
   * @throws {LogError} FAILED if the last sync failed; the directory is released nevertheless
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { writer, lock } = this.#opened;
    const stopping = Promise.all([this.#sealer.stop(), this.#dropping]);
    try {
      await this.#committer.close();
    } finally {
      await stopping;
      await writer.close();
      await lock.release();
    }
  }

  #wakeSealer(): void {
    if (this.#options.sealing) this.#sealer.wake();
  }

  #announce(commit: Commit, position: number): void {
    shield(() => this.#options.onCommit(commit));
    for (const listener of [...this.#listeners]) shield(() => listener(position));
  }
}

/** Runs foreign code; what it throws must not stop the commits of everyone else. */
function shield(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
