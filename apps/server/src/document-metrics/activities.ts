import { type DocumentId, ulidToBytes } from "@scriptorium/ids";
import { encodeCatalogueRecord, type UsageRecord } from "../storage/catalogue-record";
import { type DocumentLog, LogUnavailableError } from "../storage/document-log";
import { CatalogueKind, instanceKey, Stream } from "../storage/stream";
import { DocumentActivity } from "./activity";

export interface ActivitiesOptions {
  readonly log: Pick<DocumentLog, "append">;
  /** The position through which the projections show the log. */
  readonly projected: () => number;
  /** A clock that only rises, in milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/** How long usage is gathered before the log gets a record of it: a crash loses no more than that. */
const gatheringMs = 60 * 60 * 1000;
const sweepMs = 60_000;
/** Documents of which activity is remembered before that of closed ones is saved early. */
const documentsMax = 10_000;

interface Noted {
  readonly activity: DocumentActivity;
  /** Rooms that note to it. */
  rooms: number;
}

/** The {@link DocumentActivity} of all documents in which something happens, or did a moment ago. */
export class Activities {
  readonly #log: ActivitiesOptions["log"];
  readonly #projected: () => number;
  readonly #now: () => number;
  readonly #documents = new Map<DocumentId, Noted>();
  readonly #timer: NodeJS.Timeout;
  #unsaved: Promise<unknown> = Promise.resolve();

  constructor({ log, projected, now = () => performance.now() }: ActivitiesOptions) {
    this.#log = log;
    this.#projected = projected;
    this.#now = now;
    this.#timer = setInterval(() => this.sweep(), sweepMs);
    this.#timer.unref();
  }

  /** For a room, until it says {@link close}. */
  open(documentId: DocumentId): DocumentActivity {
    const noted = this.#noted(documentId);
    noted.rooms += 1;
    return noted.activity;
  }

  close(documentId: DocumentId): void {
    const noted = this.#documents.get(documentId);
    if (noted === undefined) return;
    noted.rooms -= 1;
    if (noted.rooms === 0) this.#save(documentId, noted.activity);
  }

  /** Undefined where nothing happens. */
  find(documentId: DocumentId): DocumentActivity | undefined {
    return this.#documents.get(documentId)?.activity;
  }

  /** Somebody fetched the text. */
  exported(documentId: DocumentId): void {
    this.#noted(documentId).activity.exported(this.#now());
  }

  /** Saves what was gathered for long enough, and forgets documents in which nothing happens any more. */
  sweep(): void {
    const now = this.#now();
    const projected = this.#projected();
    const isCrowded = this.#documents.size > documentsMax;
    for (const [documentId, { activity, rooms }] of this.#documents) {
      const isDue = now - (activity.gatheringSinceMs ?? now) >= gatheringMs;
      if (isDue || (isCrowded && rooms === 0)) this.#save(documentId, activity);
      if (rooms === 0 && activity.isForgettable(projected, now)) this.#documents.delete(documentId);
    }
  }

  /** Saves everything. Resolves when that is durable, or the log has refused it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const [documentId, { activity }] of this.#documents) this.#save(documentId, activity);
    await this.#unsaved;
  }

  #noted(documentId: DocumentId): Noted {
    let noted = this.#documents.get(documentId);
    if (noted === undefined) {
      if (this.#documents.size > 2 * documentsMax) this.sweep();
      noted = { activity: new DocumentActivity(), rooms: 0 };
      this.#documents.set(documentId, noted);
    }
    return noted;
  }

  #save(documentId: DocumentId, activity: DocumentActivity): void {
    try {
      activity.saveUsage((usage) => this.#append(documentId, activity, usage));
    } catch (error) {
      // It stays in memory, and is tried again.
      if (!(error instanceof LogUnavailableError)) throw error;
    }
  }

  /** @returns the position of the record */
  #append(documentId: DocumentId, activity: DocumentActivity, usage: UsageRecord): number {
    const { position, durable } = this.#log.append({
      key: ulidToBytes(documentId),
      stream: Stream.catalogue,
      kind: CatalogueKind.usage,
      author: instanceKey,
      payload: encodeCatalogueRecord(usage),
    });
    const saved = durable.catch(() => activity.takeBack(position, this.#now()));
    this.#unsaved = Promise.all([this.#unsaved, saved]);
    return position;
  }
}
