/** A record of one document, as the log keeps it. */
export interface LogEntry {
  /** Orders the records of a document. Grows, but is not dense. */
  readonly position: number;
  /** Snowflake: names the record and carries its time. */
  readonly revision: bigint;
  /** The document's ULID, 16 bytes. */
  readonly key: Uint8Array;
  readonly stream: number;
  readonly kind: number;
  /** The actor's ULID, 16 bytes. */
  readonly author: Uint8Array;
  readonly payload: Uint8Array;
}

export type NewEntry = Omit<LogEntry, "position" | "revision">;

export interface Appended {
  readonly position: number;
  readonly revision: bigint;
  /**
   * Resolves when the record is durable. Records that become durable together share one promise; they do so in the
   * order of their positions. Rejects when the record may be lost.
   */
  readonly durable: Promise<void>;
}

/** Which of a document's records to read. */
export interface DocumentRange {
  readonly stream: number;
  /** Only records behind this position. */
  readonly after: number;
  /** Only records of this revision and newer ones. */
  readonly sinceRevision?: bigint;
  /** Called with each place that cannot be read, which is passed over then. Without it, reading ends there with an error. */
  readonly onDamage?: (damage: string) => void;
}

/** The only truth: what all parts of the server append to and read from. Assumes neither one process nor one writer. */
export interface DocumentLog {
  /** @throws {LogUnavailableError} and then nothing was taken. */
  append(entry: NewEntry): Appended;
  /**
   * The durable records of a document in order. A payload may be a view of a larger buffer: copy what is kept.
   */
  readDocument(key: Uint8Array, range: DocumentRange): AsyncIterable<LogEntry>;
  /** Position of the newest durable record; 0 before the first. */
  readonly durablePosition: number;
  /** Position of the last record that was dropped because of its age; 0 if none was. */
  readonly horizonPosition: number;
  /** All records up to this revision may be dropped: what lies behind a lower one is not all there. 0n if none was. */
  readonly horizonRevision: bigint;
  readonly onDurable: (listener: (position: number) => void) => () => void;
  /** Undefined while records can be appended, else why they cannot. */
  readonly unavailableBecause: string | undefined;
  close(): Promise<void>;
}

/** The log takes no records now. What was asked for has not happened; the message says why. */
export class LogUnavailableError extends Error {
  override readonly name = "LogUnavailableError";
}
