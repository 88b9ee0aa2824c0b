import { type ClockFaults, SnowflakeGenerator } from "@scriptorium/ids";
import {
  type Durability,
  Log,
  LogError,
  type LogStatistics,
  type RecoveryReport,
  type SealedExtent,
} from "@scriptorium/log";
import { describeDamage } from "./describe-damage";
import {
  type Appended,
  type DocumentLog,
  type DocumentRange,
  type LogEntry,
  LogUnavailableError,
  type NewEntry,
} from "./document-log";

export interface EmbeddedLogOptions {
  readonly directory: string;
  readonly durability: Durability;
  /** Snowflake node, 0–1023, or how to find it out: asked once no other process can have this log. */
  readonly node: number | (() => Promise<number>);
  /** Largest payload of a record, in bytes. */
  readonly payloadBytesMax: number;
  /** When a segment takes no more. Default: that of the log. */
  readonly segmentBytesMax?: number;
  /** The clock that revisions are minted by. Default: the system's. */
  readonly now?: () => number;
  /** Told of what an operator should know and what fails no call: a segment that cannot be sealed or read. */
  readonly onProblem?: (problem: LogError) => void;
  readonly onCommit?: (commit: { records: number; syncSeconds: number }) => void;
}

/** The log's own header, generously. */
const recordOverheadBytes = 1024;
/** Nobody feels two milliseconds, and they halve the syncs where 2,000 edits a second come one by one. */
const spacingMs = 2;
/** What may wait for the disk before appends are refused, in bytes. */
const pendingBytesMin = 64 * 1024 * 1024;

const unavailableBecause = {
  open: undefined,
  full: "the disk is full",
  failed: "a write to the log failed; restart the server to recover",
  closed: "the server is shutting down",
} as const;

/** The document log in this process's own directory, by `packages/log`. Mints the revisions. */
export class EmbeddedLog implements DocumentLog {
  /** Largest payload of a record, in bytes. */
  readonly payloadBytesMax: number;
  /** The Snowflake node of the revisions that are minted here. */
  readonly node: number;
  readonly #log: Log;
  readonly #revisions: SnowflakeGenerator;
  /** Documents that are being read; each resolves at its end. */
  readonly #reading = new Set<Promise<void>>();

  private constructor(
    log: Log,
    revisions: { readonly node: number; readonly now?: () => number },
    payloadBytesMax: number,
  ) {
    this.#log = log;
    this.node = revisions.node;
    this.payloadBytesMax = payloadBytesMax;
    this.#revisions = new SnowflakeGenerator({ ...revisions, above: log.newestRevision });
  }

  /** @throws {LogError} if the log is damaged, locked by another process, or cannot be read. */
  static async open(options: EmbeddedLogOptions): Promise<EmbeddedLog> {
    const { directory, durability, node, payloadBytesMax, segmentBytesMax, now, onProblem, onCommit } =
      options;
    const recordBytesMax = payloadBytesMax + recordOverheadBytes;
    const log = await Log.open({
      directory,
      durability,
      spacingMs,
      recordBytesMax,
      pendingBytesMax: Math.max(pendingBytesMin, 2 * recordBytesMax),
      ...(segmentBytesMax !== undefined && { segmentBytesMax }),
      ...(onProblem && { onProblem }),
      ...(onCommit && { onCommit }),
    });
    try {
      const settled = typeof node === "number" ? node : await node();
      return new EmbeddedLog(log, { node: settled, ...(now && { now }) }, payloadBytesMax);
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  append(entry: NewEntry): Appended {
    const revision = this.#revisions.next();
    try {
      const { position, durable } = this.#log.append({ ...entry, revision });
      return { position, revision, durable };
    } catch (cause) {
      if (!(cause instanceof LogError)) throw cause;
      throw new LogUnavailableError(cause.message, { cause });
    }
  }

  async *readDocument(key: Uint8Array, { onDamage, ...range }: DocumentRange): AsyncGenerator<LogEntry> {
    let end = () => {};
    const reading = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#reading.add(reading);
    try {
      yield* this.#log.readKey(key, {
        ...range,
        ...(onDamage && { onDamage: (damage) => onDamage(describeDamage(damage)) }),
      });
    } finally {
      this.#reading.delete(reading);
      end();
    }
  }

  /** Resolves when no segment waits to be sealed any more, or sealing has failed. */
  sealed(): Promise<void> {
    return this.#log.sealed();
  }

  /** See `Log.sealedSegments`. */
  sealedSegments(): SealedExtent[] {
    return this.#log.sealedSegments();
  }

  /**
   * Drops the records up to `position`, for good, as far as they fill whole sealed segments. Documents that are being
   * read when this is called are read to their end before.
   *
   * @throws {LogError} CLOSED, FAILED: what was not dropped is still there
   */
  async drop(position: number): Promise<void> {
    await Promise.all(this.#reading);
    await this.#log.dropBefore(position + 1);
  }

  get horizonPosition(): number {
    return this.#log.statistics().horizonPosition;
  }

  get horizonRevision(): bigint {
    return this.#log.horizonRevision;
  }

  get durablePosition(): number {
    return this.#log.durablePosition;
  }

  get onDurable(): DocumentLog["onDurable"] {
    return this.#log.onDurable;
  }

  get unavailableBecause(): string | undefined {
    return unavailableBecause[this.statistics().state];
  }

  /** What was wrong with the clock that revisions are minted by. */
  get clockFaults(): ClockFaults {
    return this.#revisions.clockFaults;
  }

  get recovery(): RecoveryReport {
    return this.#log.recovery;
  }

  statistics(): LogStatistics {
    return this.#log.statistics();
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}
