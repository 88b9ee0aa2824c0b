import { ulidFromBytes } from "@scriptorium/ids";
import type { Log } from "@scriptorium/log";
import type { ArchiveDocument } from "../../archive/archive-format";
import { StreamDigest } from "../../archive/stream-digest";
import { MomentFilter } from "../../backups/moment-filter";
import type { Progress } from "../../operations/progress";
import { Stream } from "../../storage/stream";

/** What a document would bring: how many records of each stream, and what they are. */
export type Wanted = Pick<ArchiveDocument, "text" | "catalogue" | "other">;

export interface LogSurvey {
  /** Records up to this revision were dropped because of their age; 0n if none were. */
  readonly horizon: bigint;
  /**
   * Of the documents that were asked for, those that are there: whether with all that was asked for, from the beginning,
   * or as something else.
   */
  readonly found: ReadonlyMap<string, "same" | "other">;
}

export interface SurveyOptions {
  readonly signal: AbortSignal;
  readonly surveying: Progress;
}

/** Reads a whole log. @throws {LogError} CORRUPT */
export async function surveyLog(
  log: Log,
  wanted: ReadonlyMap<string, Wanted>,
  { signal, surveying }: SurveyOptions,
): Promise<LogSurvey> {
  const { bytes, durablePosition } = log.statistics();
  const filter = new MomentFilter(undefined);
  const comparisons = new Map<string, Comparison>();
  for await (const record of log.read()) {
    signal.throwIfAborted();
    surveying.update((bytes * record.position) / durablePosition, bytes);
    filter.takes(record);
    const id = ulidFromBytes(record.key);
    const document = wanted.get(id);
    if (document === undefined) continue;
    const comparison = comparisons.get(id) ?? new Comparison(document);
    comparisons.set(id, comparison);
    comparison.of(record.stream).add(record);
  }
  surveying.end();
  return {
    horizon: filter.horizon,
    found: new Map([...comparisons].map(([id, { isSame }]) => [id, isSame ? "same" : "other"])),
  };
}

/** What there is of a document, beside what is wanted of it. */
class Comparison {
  readonly #text: Prefix;
  readonly #catalogue: Prefix;
  readonly #other: Prefix;

  constructor({ text, catalogue, other }: Wanted) {
    this.#text = new Prefix(text);
    this.#catalogue = new Prefix(catalogue);
    this.#other = new Prefix(other);
  }

  of(stream: number): Prefix {
    if (stream === Stream.text) return this.#text;
    return stream === Stream.catalogue ? this.#catalogue : this.#other;
  }

  get isSame(): boolean {
    return this.#text.isThere && this.#catalogue.isThere && this.#other.isThere;
  }
}

/** Whether a stream begins with certain records. What was written since does not matter. */
class Prefix {
  readonly #wanted: Wanted["text"];
  readonly #digest = new StreamDigest();
  #isThere: boolean;

  constructor(wanted: Wanted["text"]) {
    this.#wanted = wanted;
    this.#isThere = wanted.records === 0;
  }

  add(record: Parameters<StreamDigest["add"]>[0]): void {
    if (this.#digest.records >= this.#wanted.records) return;
    this.#digest.add(record);
    const { records, digest } = this.#digest.totals;
    if (records === this.#wanted.records) this.#isThere = digest === this.#wanted.digest;
  }

  get isThere(): boolean {
    return this.#isThere;
  }
}
