import type { DocumentId } from "@scriptorium/ids";
import type { MetricsDocument } from "./document-metrics";

export type StreamEnd = "deleted" | "stopping" | "failed";

/** Somebody who wants to be told the figures of a document whenever they change. */
export interface MetricsListener {
  /** @param metrics JSON */
  send(metrics: string): void;
  /** Called now and then, so that the connection is not taken for a dead one. */
  keepAlive(): void;
  /** Nothing will follow. */
  end(because: StreamEnd): void;
}

export interface MetricsStreamsOptions {
  readonly peek: (documentId: DocumentId) => MetricsDocument;
  /** Another number when something has happened in the document; undefined while nothing happens there. */
  readonly version: (documentId: DocumentId) => number | undefined;
  readonly perDocumentMax?: number;
  readonly totalMax?: number;
}

const tickMs = 1000;
const keepAliveTicks = 15;
/** So long after something has happened, figures may change by themselves: those of the last minute, checkpoints. */
const restlessTicks = 90;
/** Whatever happens beside the document's own doings shows that late. */
const idleTicks = 30;

interface Feed {
  readonly listeners: Set<MetricsListener>;
  readonly timer: NodeJS.Timeout;
  version: number | undefined;
  ticks: number;
  changedTick: number;
  shown: string;
}

/** Tells those who listen how a document does, at most once a second. While nobody listens nothing is done. */
export class MetricsStreams {
  readonly #options: MetricsStreamsOptions;
  readonly #feeds = new Map<DocumentId, Feed>();
  readonly #perDocumentMax: number;
  readonly #totalMax: number;
  #total = 0;
  #isClosed = false;

  constructor(options: MetricsStreamsOptions) {
    this.#options = options;
    this.#perDocumentMax = options.perDocumentMax ?? 100;
    this.#totalMax = options.totalMax ?? 1000;
  }

  /** Whether one more may listen to a document. */
  hasRoom(documentId: DocumentId): boolean {
    const listeners = this.#feeds.get(documentId)?.listeners.size ?? 0;
    return !this.#isClosed && listeners < this.#perDocumentMax && this.#total < this.#totalMax;
  }

  /** Sends the figures, and from now on those that differ. @returns how to stop that */
  listen(documentId: DocumentId, listener: MetricsListener): () => void {
    const metrics = this.#options.peek(documentId);
    const feed = this.#feeds.get(documentId) ?? this.#begin(documentId);
    feed.listeners.add(listener);
    this.#total += 1;
    if (feed.listeners.size === 1) feed.shown = withoutTime(metrics);
    listener.send(JSON.stringify(metrics));
    return () => {
      if (!feed.listeners.delete(listener)) return;
      this.#total -= 1;
      if (feed.listeners.size === 0) this.#stop(documentId, feed);
    };
  }

  /** The document was deleted. */
  end(documentId: DocumentId): void {
    const feed = this.#feeds.get(documentId);
    if (feed !== undefined) this.#endFeed(documentId, feed, "deleted");
  }

  /** Nobody may listen any more. */
  close(): void {
    this.#isClosed = true;
    for (const [documentId, feed] of this.#feeds) this.#endFeed(documentId, feed, "stopping");
  }

  #begin(documentId: DocumentId): Feed {
    const feed: Feed = {
      listeners: new Set(),
      timer: setInterval(() => {
        try {
          this.#tick(documentId, feed);
        } catch {
          // Whoever comes back gets an answer that says why, as does the server's log.
          this.#endFeed(documentId, feed, "failed");
        }
      }, tickMs),
      version: undefined,
      ticks: 0,
      changedTick: 0,
      shown: "",
    };
    this.#feeds.set(documentId, feed);
    return feed;
  }

  #endFeed(documentId: DocumentId, feed: Feed, because: StreamEnd): void {
    this.#stop(documentId, feed);
    this.#total -= feed.listeners.size;
    const listeners = [...feed.listeners];
    feed.listeners.clear();
    for (const listener of listeners) listener.end(because);
  }

  #stop(documentId: DocumentId, feed: Feed): void {
    clearInterval(feed.timer);
    if (this.#feeds.get(documentId) === feed) this.#feeds.delete(documentId);
  }

  #tick(documentId: DocumentId, feed: Feed): void {
    feed.ticks += 1;
    if (feed.ticks % keepAliveTicks === 0) for (const listener of feed.listeners) listener.keepAlive();
    const version = this.#options.version(documentId);
    if (version !== feed.version) feed.changedTick = feed.ticks;
    feed.version = version;
    const isRestless = feed.ticks - feed.changedTick < restlessTicks;
    if (!isRestless && feed.ticks % idleTicks !== 0) return;
    const metrics = this.#options.peek(documentId);
    const shown = withoutTime(metrics);
    if (shown === feed.shown) return;
    feed.shown = shown;
    const news = JSON.stringify(metrics);
    for (const listener of feed.listeners) listener.send(news);
  }
}

/** Only another time of day is no news. */
function withoutTime(metrics: MetricsDocument): string {
  return JSON.stringify({ ...metrics, at: undefined });
}
