import {
  type Appended,
  type DocumentLog,
  type DocumentRange,
  type LogEntry,
  LogUnavailableError,
  type NewEntry,
} from "../storage/document-log";

interface Batch {
  readonly durable: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function createBatch(): Batch {
  let settle: Omit<Batch, "durable"> = { resolve: () => {}, reject: () => {} };
  const durable = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { durable, ...settle };
}

/** A log in memory whose commits happen when a test says so. Positions are not dense. */
export class HandLog implements DocumentLog {
  readonly entries: LogEntry[] = [];
  unavailableBecause: string | undefined;
  /** Positions of records that cannot be read. */
  readonly damaged = new Set<number>();
  #gathering: Batch | undefined;
  /** Begun by {@link HandLog.sync} and not yet ended, oldest first. */
  #syncing: Batch[] = [];

  append(entry: NewEntry): Appended {
    if (this.unavailableBecause !== undefined) throw new LogUnavailableError(this.unavailableBecause);
    const position = this.entries.length * 3 + 10;
    const revision = BigInt(position) * 1000n;
    this.entries.push({ ...entry, payload: entry.payload.slice(), position, revision });
    this.#gathering ??= createBatch();
    return { position, revision, durable: this.#gathering.durable };
  }

  /** Begins to make durable what was appended; what comes now waits for the next commit. */
  sync(): void {
    if (this.#gathering === undefined) throw new Error("nothing was appended");
    this.#syncing.push(this.#gathering);
    this.#gathering = undefined;
  }

  /** Ends the oldest sync. Resolves when those who waited for it know. */
  async synced(): Promise<void> {
    this.#syncing.shift()?.resolve();
    await turn();
  }

  /** Makes durable all that was appended so far. */
  async commit(): Promise<void> {
    if (this.#gathering !== undefined) this.sync();
    while (this.#syncing.length > 0) await this.synced();
  }

  /** The oldest sync, or the one that would come next, fails. */
  async fail(error: Error): Promise<void> {
    if (this.#syncing.length === 0) this.sync();
    this.#syncing.shift()?.reject(error);
    await turn();
  }

  /** Gives out what was appended, durable or not. */
  async *readDocument(key: Uint8Array, range: DocumentRange): AsyncGenerator<LogEntry> {
    const { stream, after, sinceRevision = 0n, onDamage } = range;
    for (const entry of this.entries) {
      if (Buffer.compare(entry.key, key) !== 0 || entry.stream !== stream) continue;
      if (entry.position <= after || entry.revision < sinceRevision) continue;
      if (!this.damaged.has(entry.position)) yield entry;
      else if (onDamage === undefined) throw new Error("damaged");
      else onDamage("damaged");
    }
  }

  get durablePosition(): number {
    throw new Error("rooms do not ask for positions");
  }

  horizonPosition = 0;
  horizonRevision = 0n;

  readonly onDurable = (): (() => void) => {
    throw new Error("rooms wait for what they appended");
  };

  async close(): Promise<void> {}
}

/** Resolves after all that promises and `setImmediate` have already set off. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
