import { SnowflakeGenerator } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import BetterSqlite3 from "better-sqlite3";

/** A record that has no revision yet, but a time. */
export interface TimedRecord extends Omit<RecordInput, "revision"> {
  /** Milliseconds since 1970. */
  readonly timeMs: number;
}

interface SpooledRow {
  readonly time_ms: number;
  readonly key: Buffer;
  readonly stream: number;
  readonly kind: number;
  readonly author: Buffer;
  readonly payload: Buffer;
}

/** Records that are written together. */
const rowsPerCommit = 4096;

/**
 * Puts records into the order of their times, on disk where they are many: in a database that has no name, and so is gone
 * with the process however that ends. Records of one time keep the order in which they were added.
 */
export class RecordSpool {
  // The empty name means a temporary file, which SQLite begins when its memory is full.
  readonly #database = new BetterSqlite3("");
  readonly #insert: BetterSqlite3.Statement<[number, Uint8Array, number, number, Uint8Array, Uint8Array]>;
  #records = 0;

  constructor() {
    this.#database.exec(`
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      CREATE TABLE records (
        number INTEGER PRIMARY KEY,
        time_ms REAL NOT NULL,
        key BLOB NOT NULL,
        stream INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        author BLOB NOT NULL,
        payload BLOB NOT NULL
      ) STRICT;
      BEGIN;
    `);
    this.#insert = this.#database.prepare(
      "INSERT INTO records (time_ms, key, stream, kind, author, payload) VALUES (?, ?, ?, ?, ?, ?)",
    );
  }

  get records(): number {
    return this.#records;
  }

  add({ timeMs, key, stream, kind, author, payload }: TimedRecord): void {
    this.#insert.run(timeMs, key, stream, kind, author, payload);
    this.#records += 1;
    if (this.#records % rowsPerCommit === 0) this.#database.exec("COMMIT; BEGIN");
  }

  /**
   * The records in the order of their times, with revisions of these times: the same ones each time. Times that no revision
   * can have become the nearest that one can.
   *
   * @param above all revisions are higher than this one
   */
  *sorted(above = 0n): Generator<RecordInput, void, undefined> {
    this.#database.exec("COMMIT; CREATE INDEX IF NOT EXISTS by_time ON records (time_ms, number); BEGIN");
    let timeMs = 0;
    const revisions = new SnowflakeGenerator({ node: 0, above, now: () => timeMs });
    const select = this.#database.prepare<[], SpooledRow>(
      "SELECT time_ms, key, stream, kind, author, payload FROM records ORDER BY time_ms, number",
    );
    for (const row of select.iterate()) {
      timeMs = row.time_ms;
      const { key, stream, kind, author, payload } = row;
      yield { revision: revisions.next(), key, stream, kind, author, payload };
    }
  }

  close(): void {
    this.#database.close();
  }
}
