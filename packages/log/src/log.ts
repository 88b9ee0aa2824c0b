import {
  type Appended,
  type Commit,
  type CommitTotals,
  Committer,
  type Durability,
  type LogState,
} from "./committer";
import { LogError } from "./errors";
import { type OpenedLog, openLog } from "./open-log";
import { type LogOptions, type ResolvedOptions, resolveOptions } from "./options";
import { type ReadRange, readRecords } from "./read-records";
import type { LogRecord, RecordInput } from "./record";
import type { RecoveryReport } from "./recovery";

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
}

export interface ReadKeyOptions {
  /** Only records of this stream. */
  stream?: number;
  /** Only records behind this position. */
  after?: number;
}

export interface ReadOptions {
  /** Default 0: from the beginning. */
  after?: number;
  /** Default, and at most: the newest durable position. */
  through?: number;
}

/** The append-only log of one directory, and its only writer. */
export class Log {
  /** What was found, and cut off, when the log was opened. */
  readonly recovery: RecoveryReport;
  readonly #options: ResolvedOptions;
  readonly #opened: OpenedLog;
  readonly #committer: Committer;
  readonly #listeners = new Set<(position: number) => void>();
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
  readKey(key: Uint8Array, { stream, after = 0 }: ReadKeyOptions = {}): AsyncIterable<LogRecord> {
    return this.#read({ after, through: this.durablePosition, filter: { key, stream } });
  }

  /**
   * All records that are durable now, in order.
   *
   * @throws {LogError} CLOSED; CORRUPT while reading
   */
  read({ after = 0, through = this.durablePosition }: ReadOptions = {}): AsyncIterable<LogRecord> {
    return this.#read({ after, through: Math.min(through, this.durablePosition) });
  }

  #read(range: ReadRange): AsyncIterable<LogRecord> {
    if (this.#closing !== undefined) throw new LogError("CLOSED", "the log is closed");
    return readRecords(this.#options.files, this.#opened.segments.slice(), range);
  }

  statistics(): LogStatistics {
    const { segments } = this.#opened;
    return {
      ...this.#committer.totals,
      state: this.#committer.state,
      durability: this.#options.durability,
      segments: segments.length,
      bytes: segments.reduce((sum, { end }) => sum + end, 0),
      pendingBytes: this.#committer.pendingBytes,
      nextPosition: this.nextPosition,
      durablePosition: this.durablePosition,
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
    try {
      await this.#committer.close();
    } finally {
      await writer.close();
      await lock.release();
    }
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
