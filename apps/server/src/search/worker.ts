import { parentPort, workerData } from "node:worker_threads";
import BetterSqlite3 from "better-sqlite3";
import { collectGarbage } from "../threads/collect-garbage";
import { yieldToMainThread } from "../threads/yield-to-main-thread";
import { Indexer } from "./indexer";
import type { SearchReport, SearchRequest, SearchWorkerOptions } from "./messages";
import { SearchIndex } from "./search-index";

/** After so long without a request the thread counts as idle, in milliseconds. */
const idleMs = 5000;

/** The search's thread: answers searches, and indexes texts in between. */
class SearchThread {
  readonly #options: SearchWorkerOptions;
  readonly #report: (message: SearchReport) => void;
  #index: SearchIndex;
  #indexer: Indexer;
  #begun: number | undefined;
  #next: NodeJS.Timeout | undefined;
  #tidying: NodeJS.Timeout | undefined;

  constructor(options: SearchWorkerOptions, report: (message: SearchReport) => void) {
    this.#options = options;
    this.#report = report;
    this.#index = SearchIndex.open(options.databaseFile, options.projectionsFile);
    this.#indexer = this.#indexerOf(this.#index);
  }

  handle(request: Exclude<SearchRequest, { type: "close" }>): void {
    switch (request.type) {
      case "look":
        this.#follow(request.begun);
        this.#indexer.look();
        break;
      case "text":
        this.#indexer.take(request.documentId, request.text);
        break;
      case "find":
        this.#report({ type: "found", hits: this.#index.find(request.query) });
        return;
    }
    this.#goOn();
  }

  close(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#tidying);
    this.#index.close();
  }

  /** Opens the projections again where they may have begun anew. */
  #follow(begun: number): void {
    if (begun === this.#begun) return;
    if (this.#begun !== undefined) {
      this.#index.close();
      this.#index = SearchIndex.open(this.#options.databaseFile, this.#options.projectionsFile);
      this.#indexer = this.#indexerOf(this.#index);
    }
    this.#begun = begun;
  }

  #indexerOf(index: SearchIndex): Indexer {
    return new Indexer({
      index,
      fetchText: (documentId) => this.#report({ type: "needText", documentId }),
      now: () => Date.now(),
    });
  }

  #goOn(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#tidying);
    const waitMs = this.#indexer.next();
    if (waitMs !== undefined) this.#next = setTimeout(() => this.#goOn(), waitMs);
    const { waiting: documents, waitingSinceMs: sinceMs } = this.#indexer;
    this.#report({ type: "waiting", documents, sinceMs });
    // Whole texts pass through here.
    if (this.#indexer.waiting === 0) this.#tidying = setTimeout(collectGarbage, idleMs);
  }
}

yieldToMainThread();
const port = parentPort;
if (port === null) throw new Error("the search runs in a worker thread only");
const options = workerData as SearchWorkerOptions;
try {
  const thread = new SearchThread(options, (message) => port.postMessage(message));
  port.on("message", (request: SearchRequest) => {
    if (request.type === "close") {
      thread.close();
      port.close();
      return;
    }
    try {
      thread.handle(request);
    } catch (error) {
      fail(error);
    }
  });
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  // The next start makes anew what cannot be read.
  if (error instanceof BetterSqlite3.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) {
    SearchIndex.discard(options.databaseFile);
  }
  // Errors of native modules do not survive the way to another thread.
  throw new Error(error instanceof Error ? (error.stack ?? String(error)) : String(error));
}
