import { snowflakeMax } from "@scriptorium/ids";
import type { LogRecord } from "@scriptorium/log";
import { timeOf } from "../operations/revision-time";
import { CatalogueKind, Stream, TextKind } from "../storage/stream";

/** What there is in a log, in an operator's terms. */
export interface ContentTotals {
  readonly documents: number;
  readonly records: number;
  /** Of the last record; 0 if there is none. */
  readonly position: number;
  /** When the newest edit of a text was made, in milliseconds since 1970. */
  readonly newestEditMs: number | undefined;
}

/** Counts records as they go by. */
export class ContentCounter {
  readonly #documents = new Set<string>();
  #records = 0;
  #position = 0;
  /** The highest revision of an edit that is one, and so says when it was made. */
  #newestEdit = 0n;

  add({ key, stream, kind, position, revision }: LogRecord): void {
    this.#records += 1;
    this.#position = position;
    // Of a document whose beginning was dropped there is a snapshot.
    if (stream === Stream.catalogue && (kind === CatalogueKind.created || kind === CatalogueKind.snapshot)) {
      this.#documents.add(Buffer.from(key).toString("latin1"));
    }
    const isEdit = stream === Stream.text && kind === TextKind.update;
    if (isEdit && revision > this.#newestEdit && revision <= snowflakeMax) this.#newestEdit = revision;
  }

  get totals(): ContentTotals {
    return {
      documents: this.#documents.size,
      records: this.#records,
      position: this.#position,
      newestEditMs: timeOf(this.#newestEdit),
    };
  }
}
