import { Batch } from "./batch";
import { LogError } from "./errors";
import { assertRecord, type RecordInput, recordHeaderBytes } from "./record";
import type { SegmentWriter } from "./segment-writer";

/**
 * What the `durable` promise of an append stands for:
 *
 * - `fsync`: the record survives a power cut.
 * - `interval`: the operating system has the record, so it survives the end of this process, however it
 *   ends; within `intervalMs` of that a sync begins that makes it survive a power cut, too.
 * - `os`: the operating system has the record, and decides when to write it to the disk.
 */
export type Durability = "fsync" | "interval" | "os";

/** The most a timer can wait. */
const timerMsMax = 2 ** 31 - 1;
/** So many bytes are worth a commit at any time. */
const spacedBytesMax = 64 * 1024;
/** After a segment that was due to roll could not. */
const rollRetryMs = 1000;

/** `full`: appends are tried, but the last one found no space. `failed`: final. */
export type LogState = "open" | "full" | "failed" | "closed";

export interface Appended {
  readonly position: number;
  /**
   * Shared by all records of one commit. Resolves when they are durable, in the sense of the log's
   * `Durability`; rejects with a `LogError` (`DISK_FULL`, `FAILED`), which need not be handled.
   */
  readonly durable: Promise<void>;
}

export interface Commit {
  records: number;
  bytes: number;
  /** 0 if the write was one with its sync. */
  writeSeconds: number;
  /** 0 if the commit ended without a sync. */
  syncSeconds: number;
}

export interface CommitTotals {
  /** Records taken by `append`, whatever became of them. */
  appends: number;
  /** Batches written. */
  commits: number;
  bytesWritten: number;
  syncs: number;
  lastSyncSeconds: number;
  totalSyncSeconds: number;
}

export interface CommitterOptions {
  writer: SegmentWriter;
  salt: number;
  durability: Durability;
  intervalMs: number;
  spacingMs: number;
  recordBytesMax: number;
  pendingBytesMax: number;
  nextPosition: number;
  /** Position of the newest record, 0 if there is none. */
  lastPosition: number;
  newestRevision: bigint;
  /** Called after each commit; what it throws goes to the process as a warning. */
  onCommit: (commit: Commit, position: number) => void;
}

/**
 * Group commit: while one batch is being written and synced, the next one gathers. So throughput grows with
 * load, and the latency of an append stays between one sync and two.
 */
export class Committer {
  readonly totals: CommitTotals = {
    appends: 0,
    commits: 0,
    bytesWritten: 0,
    syncs: 0,
    lastSyncSeconds: 0,
    totalSyncSeconds: 0,
  };
  readonly #options: CommitterOptions;
  readonly #writer: SegmentWriter;
  #gathering: Batch;
  #spare: Batch;
  #inFlightBytes = 0;
  #nextPosition: number;
  #durablePosition: number;
  #newestRevision: bigint;
  /** First position since the last sync that was, or will be, done; 0 before there is one. */
  #commitFirst = 0;
  #state: LogState = "open";
  #failure: LogError | undefined;
  #startedMs = Number.NEGATIVE_INFINITY;
  #syncDue = false;
  #rollDue = false;
  #rollTimer: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  #loop: Promise<void> | undefined;
  #closing = false;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#writer = options.writer;
    this.#gathering = new Batch(options.salt);
    this.#spare = new Batch(options.salt);
    this.#durablePosition = options.lastPosition;
    this.#nextPosition = options.nextPosition;
    this.#newestRevision = options.newestRevision;
    this.#armRollTimer();
  }

  get state(): LogState {
    return this.#state;
  }

  get nextPosition(): number {
    return this.#nextPosition;
  }

  get durablePosition(): number {
    return this.#durablePosition;
  }

  get newestRevision(): bigint {
    return this.#newestRevision;
  }

  /** Bytes taken and not yet durable. */
  get pendingBytes(): number {
    return this.#inFlightBytes + this.#gathering.length;
  }

  /** @throws {LogError} and then nothing was taken */
  append(record: RecordInput): Appended {
    this.#assertOpen();
    assertRecord(record);
    this.#assertRoom(recordHeaderBytes + record.payload.byteLength);
    const position = this.#nextPosition;
    if (this.#commitFirst === 0) this.#commitFirst = position;
    const batch = this.#gathering;
    batch.add(record, position, this.#commitFirst);
    this.#nextPosition = position + 1;
    if (record.revision > this.#newestRevision) this.#newestRevision = record.revision;
    this.totals.appends += 1;
    this.#wake();
    return { position, durable: batch.durable };
  }

  #assertOpen(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closing) throw new LogError("CLOSED", "the log is closed");
    // One batch at a time finds out whether there is space again.
    if (this.#state === "full" && this.#inFlightBytes > 0)
      throw new LogError("DISK_FULL", "no space left for the log");
  }

  #assertRoom(bytes: number): void {
    const { recordBytesMax, pendingBytesMax } = this.#options;
    if (bytes > recordBytesMax) {
      throw new LogError("RECORD_TOO_LARGE", `a record of ${bytes} bytes exceeds ${recordBytesMax}`);
    }
    if (this.pendingBytes + bytes > pendingBytesMax) {
      throw new LogError("OVERLOADED", `${this.pendingBytes} bytes already wait for the disk`);
    }
  }

  #wake(): void {
    // Deferred, so that records appended in one go share the first commit.
    this.#loop ??= Promise.resolve().then(() => this.#run());
  }

  async #run(): Promise<void> {
    while (this.#failure === undefined && (this.#gathering.records > 0 || this.#syncDue || this.#rollDue)) {
      // A batch sees to it by itself.
      if (this.#rollDue && this.#gathering.records === 0) await this.#rollIdle();
      this.#rollDue = false;
      if (this.#gathering.records === 0 && !this.#syncDue) continue;
      if (this.#options.spacingMs > 0) await this.#spaceOut();
      const batch = this.#takeBatch();
      try {
        await this.#commit(batch);
      } catch (cause) {
        this.#refuse(batch, cause);
      }
      this.#inFlightBytes = 0;
      batch.reset();
      this.#spare = batch;
    }
    this.#loop = undefined;
  }

  /** A commit costs as much for one record as for many: what comes soon after the last one began waits for others. */
  async #spaceOut(): Promise<void> {
    const leftMs = this.#startedMs + this.#options.spacingMs - performance.now();
    if (leftMs > 0 && !this.#closing && this.#gathering.length < spacedBytesMax) {
      await new Promise((resolve) => setTimeout(resolve, leftMs));
    } else {
      // What this turn of the event loop has still to do goes before a thread that competes with it for the processor.
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    }
    this.#startedMs = performance.now();
  }

  async #rollIdle(): Promise<void> {
    this.#writer.newestRevision = this.#newestRevision;
    try {
      await this.#writer.rollIfOld(this.#nextPosition);
    } catch (cause) {
      this.#refuse(this.#spare, cause);
    }
    this.#armRollTimer();
  }

  /** An idle log's segment, too, is to be sealed one day. */
  #armRollTimer(): void {
    const leftMs = this.#writer.ageLeftMs;
    if (this.#rollTimer !== undefined || leftMs === undefined || this.#closing) return;
    const delayMs = Math.min(leftMs > 0 ? leftMs : rollRetryMs, timerMsMax);
    this.#rollTimer = setTimeout(() => {
      this.#rollTimer = undefined;
      this.#rollDue = true;
      this.#wake();
    }, delayMs);
    this.#rollTimer.unref();
  }

  #takeBatch(): Batch {
    const batch = this.#gathering;
    this.#gathering = this.#spare;
    this.#inFlightBytes = batch.length;
    if (this.#options.durability === "fsync") this.#syncDue = true;
    // What comes after this sync is another commit, as far as recovery is concerned.
    if (this.#syncDue) this.#commitFirst = 0;
    return batch;
  }

  async #commit(batch: Batch): Promise<void> {
    this.#writer.newestRevision = this.#newestRevision;
    const syncs = this.#syncDue;
    this.#syncDue = false;
    // One call does both, where no earlier write waits for a sync.
    const atOnce = syncs && batch.records > 0 && !this.#writer.unsynced;
    const startedMs = performance.now();
    if (batch.records > 0) await this.#writer.write(batch, atOnce);
    const seconds = (performance.now() - startedMs) / 1000;
    if (atOnce) this.#countSync(seconds);
    else if (syncs) await this.#sync();
    else this.#armTimer();
    if (batch.records > 0) await this.#publish(batch, atOnce ? 0 : seconds, syncs);
  }

  async #sync(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const startedMs = performance.now();
    await this.#writer.sync();
    this.#countSync((performance.now() - startedMs) / 1000);
  }

  #countSync(seconds: number): void {
    this.totals.syncs += 1;
    this.totals.lastSyncSeconds = seconds;
    this.totals.totalSyncSeconds += seconds;
  }

  #armTimer(): void {
    if (this.#options.durability !== "interval" || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#syncDue = true;
      this.#wake();
    }, this.#options.intervalMs);
    this.#timer.unref();
  }

  async #publish(batch: Batch, writeSeconds: number, synced: boolean): Promise<void> {
    await this.#writer.publish(batch);
    this.#state = "open";
    this.#durablePosition = batch.lastPosition;
    this.#inFlightBytes = 0;
    this.totals.commits += 1;
    this.totals.bytesWritten += batch.length;
    this.#armRollTimer();
    batch.resolve();
    const syncSeconds = synced ? this.totals.lastSyncSeconds : 0;
    const commit = { records: batch.records, bytes: batch.length, writeSeconds, syncSeconds };
    this.#options.onCommit(commit, batch.lastPosition);
  }

  /** Rejects `batch` and what was gathered behind it: records never overtake each other. */
  #refuse(batch: Batch, cause: unknown): void {
    const error = cause instanceof LogError ? cause : new LogError("FAILED", "a commit failed", { cause });
    if (error.code === "DISK_FULL") {
      this.#state = "full";
    } else {
      this.#state = "failed";
      this.#failure = error;
      clearTimeout(this.#timer);
    }
    batch.reject(error);
    this.#gathering.reject(error);
    this.#gathering.reset();
    this.#commitFirst = 0;
  }

  /**
   * Commits what is pending, syncs and ends. Closes no file.
   *
   * @throws {LogError} FAILED if the last sync failed, now or before
   */
  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#rollTimer);
    await this.#loop;
    clearTimeout(this.#timer);
    try {
      if (!this.#writer.unsynced) return;
      if (this.#failure === undefined) await this.#sync();
      // With `fsync`, whoever lost something was told.
      else if (this.#options.durability !== "fsync") throw this.#failure;
    } finally {
      this.#state = "closed";
    }
  }
}
