import type BetterSqlite3 from "better-sqlite3";
import { type Step, steps } from "./steps";

/** What is counted of a document. Times are in milliseconds since 1970, characters in UTF-16 units. */
export interface DocumentStatistics {
  readonly sinceMs: number;
  /** Of the newest update, as decimal text; "0" if there was none. */
  readonly revision: string;
  readonly edits: number;
  readonly inserted: number;
  readonly deleted: number;
  readonly editors: number;
  readonly views: number;
  readonly exports: number;
  readonly connectionsPeak: number;
  /** Position of the newest usage record that views, exports and peak are as of. */
  readonly usagePosition: number;
  /** What the log has of it, before compression. */
  readonly logBytes: number;
  readonly logRecords: number;
  /** Updates that no checkpoint holds yet. */
  readonly unsettled: number;
  readonly unsettledBytes: number;
}

/** Somebody who edited a document. */
export interface AuthorStatistics {
  /** The person's, or that of one connection of which no person is known. */
  readonly id: string;
  readonly name: string | null;
  readonly edits: number;
  readonly inserted: number;
  readonly deleted: number;
  readonly lastMs: number;
}

/** What happened in a bucket of a series in which something did. */
export interface BucketStatistics {
  /** Number of the bucket, counted from 1970. */
  readonly start: number;
  readonly edits: number;
  readonly inserted: number;
  readonly deleted: number;
  readonly editors: number;
}

/** A checkpoint, without its state. */
export interface CheckpointSummary {
  readonly position: number;
  /** Decimal text. */
  readonly revision: string;
  readonly bytes: number;
}

/** The reading side of what is counted of documents. Each answer comes from an index. */
export class StatisticsReader {
  readonly #statistics;
  readonly #authors;
  readonly #buckets;
  readonly #checkpoint;

  constructor(database: BetterSqlite3.Database) {
    this.#statistics = database.prepare<[string], DocumentStatistics>(
      `SELECT since_ms AS "sinceMs", revision, edits, inserted, deleted, editors, views, exports,
         connections_peak AS "connectionsPeak", usage_position AS "usagePosition",
         max(0, log_bytes - dropped_bytes) AS "logBytes", max(0, log_records - dropped_records) AS "logRecords",
         unsettled, unsettled_bytes AS "unsettledBytes" FROM document_statistics WHERE document_id = ?`,
    );
    this.#authors = database.prepare<[string, number], AuthorStatistics>(
      `SELECT substr(author, 3) AS id, name, edits, inserted, deleted, last_ms AS "lastMs" FROM document_authors
       WHERE document_id = ? AND author <> '' ORDER BY edits DESC, author LIMIT ?`,
    );
    this.#buckets = database.prepare<[string, number, number, number], BucketStatistics>(
      `SELECT start, edits, inserted, deleted, editors FROM edit_buckets
       WHERE document_id = ? AND step = ? AND start >= ? AND start < ? ORDER BY start`,
    );
    this.#checkpoint = database.prepare<[string], CheckpointSummary>(
      "SELECT position, revision, length(state) AS bytes FROM checkpoints WHERE document_id = ?",
    );
  }

  /** Undefined of a document of which nothing was counted. */
  document(documentId: string): DocumentStatistics | undefined {
    return this.#statistics.get(documentId);
  }

  /** Up to `limit` authors, those with most edits first. */
  authors(documentId: string, limit: number): AuthorStatistics[] {
    return this.#authors.all(documentId, limit);
  }

  /** The buckets from `from`, included, to `to`, excluded, in which there were edits, oldest first. */
  buckets(documentId: string, step: Step, from: number, to: number): BucketStatistics[] {
    return this.#buckets.all(documentId, steps[step].number, from, to);
  }

  checkpoint(documentId: string): CheckpointSummary | undefined {
    return this.#checkpoint.get(documentId);
  }
}
