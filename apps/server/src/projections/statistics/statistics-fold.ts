import { ulidFromBytes } from "@scriptorium/ids";
import type { LogRecord } from "@scriptorium/log";
import { decodeAuthorRecord, decodeSnapshotRecord, decodeUsageRecord } from "../../storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../../storage/stream";
import type { KnownClocks } from "./known-clocks";
import { KnownClocksCache } from "./known-clocks-cache";
import type { EditSums, Identity, StatisticsIncrement, StatisticsStore } from "./statistics-store";
import { bucketOf, type Step, stepNames, steps } from "./steps";

/** What a record takes in the log beside its payload. */
const recordHeaderBytes = 64;
/** Who actors are, and when authors edited last, of so many of them at most. */
const rememberedMax = 20_000;

interface AuthorTally extends EditSums {
  readonly identity: Identity;
  lastMs: number;
}

interface BucketTally extends EditSums {
  readonly start: number;
  editors: number;
}

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

/** What a batch of records adds to a document's figures. */
interface Tally {
  readonly sums: Mutable<StatisticsIncrement>;
  readonly authors: Map<string, AuthorTally>;
  readonly buckets: Record<Step, BucketTally[]>;
  /** The buckets of the newest minute, one for each step, … */
  newest: readonly BucketTally[];
  /** … and when it begins. */
  minuteMs: number;
  /** Whose record was the newest: people type many in a row. */
  writer: { readonly actor: Uint8Array; readonly author: AuthorTally } | undefined;
}

/** Counts what the records of the log do to their documents: adds up in memory, and writes once per batch. */
export class StatisticsFold {
  readonly #store: StatisticsStore;
  readonly #known: KnownClocksCache;
  readonly #tallies = new Map<string, Tally>();
  /** By document and actor. */
  readonly #identities = new Map<string, Identity>();
  /** By document and author. */
  readonly #lastEdits = new Map<string, number>();
  #newestMs = 0;
  #sweptHour = 0;

  /** @param load teaches what a document has before the record that is taken */
  constructor(store: StatisticsStore, load: (documentId: string, into: KnownClocks) => void) {
    this.#store = store;
    this.#known = new KnownClocksCache(load);
  }

  /** Takes a record of a document that was not counted yet; those of a document come in their order. */
  take(documentId: string, timeMs: number, record: LogRecord): void {
    this.#newestMs = Math.max(this.#newestMs, timeMs);
    const tally = this.#tallyOf(documentId, timeMs);
    tally.sums.logRecords += 1;
    tally.sums.logBytes += recordHeaderBytes + record.payload.length;
    if (record.stream === Stream.text && record.kind === TextKind.update) {
      this.#takeUpdate(documentId, timeMs, record, tally);
    } else if (record.stream === Stream.catalogue) {
      this.#takeCatalogue(documentId, record, tally);
    }
  }

  /** Writes what was counted since the last time, in a transaction of the caller's. */
  flush(): void {
    for (const [documentId, tally] of this.#tallies) this.#write(documentId, tally);
    this.#tallies.clear();
    for (const remembered of [this.#identities, this.#lastEdits]) {
      if (remembered.size > rememberedMax) remembered.clear();
    }
    const hour = bucketOf("hour", this.#newestMs);
    if (hour === this.#sweptHour) return;
    this.#sweptHour = hour;
    this.#store.sweep(this.#newestMs);
  }

  #takeUpdate(documentId: string, timeMs: number, record: LogRecord, tally: Tally): void {
    const { inserted, deleted } = this.#known.get(documentId).learn(record.payload);
    const { sums } = tally;
    sums.revision = record.revision;
    sums.updateBytes += record.payload.length;
    addEdit(sums, inserted, deleted);

    const author = this.#writerOf(documentId, record.author, tally);
    if (timeMs < tally.minuteMs || timeMs >= tally.minuteMs + steps.minute.ms) beginMinute(tally, timeMs);
    for (const bucket of tally.newest) addEdit(bucket, inserted, deleted);
    if (author.lastMs < tally.minuteMs) countEditor(tally, author.lastMs);
    addEdit(author, inserted, deleted);
    author.lastMs = Math.max(author.lastMs, timeMs);
  }

  #takeCatalogue(documentId: string, { kind, payload, position }: LogRecord, { sums }: Tally): void {
    switch (kind) {
      case CatalogueKind.author: {
        const { actor, person, name } = decodeAuthorRecord(payload);
        const author = person === undefined ? `a:${actor}` : `p:${person}`;
        this.#identify(documentId, actor, { author, name }, position);
        return;
      }
      case CatalogueKind.usage: {
        const { views, exports, connectionsPeak } = decodeUsageRecord(payload);
        sums.views += views;
        sums.exports += exports;
        sums.connectionsPeak = Math.max(sums.connectionsPeak, connectionsPeak);
        sums.usagePosition = position;
        return;
      }
      case CatalogueKind.snapshot: {
        const { statistics } = decodeSnapshotRecord(payload);
        if (statistics === undefined) return;
        this.#writeNow(documentId);
        this.#store.drop(documentId, statistics);
        return;
      }
    }
  }

  #identify(documentId: string, actor: string, identity: Identity, position: number): void {
    this.#writeNow(documentId);
    this.#store.identify(documentId, actor, identity, position);
    this.#identities.set(`${documentId} ${actor}`, identity);
    this.#lastEdits.delete(`${documentId} ${identity.author}`);
    this.#lastEdits.delete(`${documentId} a:${actor}`);
  }

  #tallyOf(documentId: string, timeMs: number): Tally {
    const begun = this.#tallies.get(documentId);
    if (begun !== undefined) return begun;
    const tally: Tally = {
      sums: {
        documentId,
        sinceMs: timeMs,
        revision: undefined,
        edits: 0,
        inserted: 0,
        deleted: 0,
        editors: 0,
        views: 0,
        exports: 0,
        connectionsPeak: 0,
        usagePosition: 0,
        logBytes: 0,
        logRecords: 0,
        updateBytes: 0,
      },
      authors: new Map(),
      buckets: { minute: [], hour: [], day: [] },
      newest: [],
      minuteMs: Number.POSITIVE_INFINITY,
      writer: undefined,
    };
    this.#tallies.set(documentId, tally);
    return tally;
  }

  #writerOf(documentId: string, actor: Uint8Array, tally: Tally): AuthorTally {
    if (tally.writer !== undefined && Buffer.compare(tally.writer.actor, actor) === 0)
      return tally.writer.author;
    const identity = this.#identityOf(documentId, ulidFromBytes(actor));
    const author = this.#authorIn(tally, documentId, identity);
    // A copy, since the bytes share the memory of a whole block of the log.
    tally.writer = { actor: actor.slice(), author };
    return author;
  }

  #identityOf(documentId: string, actor: string): Identity {
    const key = `${documentId} ${actor}`;
    let identity = this.#identities.get(key);
    if (identity === undefined) {
      identity = this.#store.identity(documentId, actor) ?? { author: `a:${actor}`, name: null };
      this.#identities.set(key, identity);
    }
    return identity;
  }

  #authorIn({ sums, authors }: Tally, documentId: string, identity: Identity): AuthorTally {
    const begun = authors.get(identity.author);
    if (begun !== undefined) return begun;
    const key = `${documentId} ${identity.author}`;
    const lastMs = this.#lastEdits.get(key) ?? this.#store.lastEditMs(documentId, identity.author);
    if (lastMs === undefined) sums.editors += 1;
    const tally: AuthorTally = { identity, edits: 0, inserted: 0, deleted: 0, lastMs: lastMs ?? 0 };
    authors.set(identity.author, tally);
    return tally;
  }

  /** What follows is about rows that must be there. */
  #writeNow(documentId: string): void {
    const tally = this.#tallies.get(documentId);
    if (tally === undefined) return;
    this.#write(documentId, tally);
    this.#tallies.delete(documentId);
  }

  #write(documentId: string, { sums, authors, buckets }: Tally): void {
    this.#store.add(sums);
    for (const [author, tally] of authors) {
      this.#store.addToAuthor(documentId, tally.identity, tally, tally.lastMs);
      this.#lastEdits.set(`${documentId} ${author}`, tally.lastMs);
    }
    for (const step of stepNames) {
      for (const bucket of buckets[step]) {
        this.#store.addToBucket(documentId, step, bucket.start, bucket, bucket.editors);
      }
    }
    if (sums.editors > 0) this.#store.limitAuthors(documentId);
  }
}

function addEdit(sums: EditSums, inserted: number, deleted: number): void {
  sums.edits += 1;
  sums.inserted += inserted;
  sums.deleted += deleted;
}

function beginMinute(tally: Tally, timeMs: number): void {
  tally.minuteMs = bucketOf("minute", timeMs) * steps.minute.ms;
  tally.newest = stepNames.map((step) => bucketIn(tally.buckets[step], bucketOf(step, timeMs)));
}

/** Counts an author who edited at `lastMs` before in those buckets of the newest minute that begin later. */
function countEditor(tally: Tally, lastMs: number): void {
  for (const [index, step] of stepNames.entries()) {
    const bucket = tally.newest[index];
    if (bucket !== undefined && bucketOf(step, lastMs) < bucket.start) bucket.editors += 1;
  }
}

/** The last bucket, if it is that one; else a new one behind it. */
function bucketIn(buckets: BucketTally[], start: number): BucketTally {
  const last = buckets.at(-1);
  if (last?.start === start) return last;
  const bucket: BucketTally = { start, edits: 0, inserted: 0, deleted: 0, editors: 0 };
  buckets.push(bucket);
  return bucket;
}
