import { Worker } from "node:worker_threads";
import type { DocumentId } from "@scriptorium/ids";
import { ProjectionsStoppedError } from "../projections/projections";
import type { SearchReport, SearchRequest, SearchWorkerOptions } from "./messages";
import type { SearchHit, TextQuery } from "./search-index";

/** What the search needs of the projections. */
export interface SearchedProjections {
  text(documentId: DocumentId): Promise<string>;
  /** Tells that the catalogue has changed. @param begun another number if its database may be another one */
  onAdvanced(listener: (begun: number) => void): () => void;
}

export interface SearchOptions extends SearchWorkerOptions {
  readonly projections: SearchedProjections;
  readonly workerFile: URL;
  /** The worker died: another one takes over, which is tried again and again. */
  readonly onFailure: (error: Error) => void;
  /** How long after its death the worker is replaced, doubled with each death in a row. Default: 500. */
  readonly restartMs?: number;
}

interface Finding {
  readonly query: TextQuery;
  readonly signal: AbortSignal;
  readonly resolve: (hits: readonly SearchHit[]) => void;
  readonly reject: (error: Error) => void;
}

const restartMsMax = 30_000;
/** Changes are told to the worker no more often, in milliseconds. */
const lookPauseMs = 1000;
/** What the worker may take to end before it is ended by force, in milliseconds. */
const patienceMs = 500;

/** The server's end of the full-text search: hands texts to its worker, and searches to be answered. */
export class Search {
  readonly #options: SearchOptions;
  /** Searches in the order in which they came; the first is with the worker. */
  #findings: Finding[] = [];
  readonly #stopListening: () => void;
  #worker: Worker | undefined;
  #ended: Promise<void> = Promise.resolve();
  #begun: number | undefined;
  #pause: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #restartMs: number;
  #closing = false;
  #waiting = 0;
  #waitingSinceMs: number | undefined;

  /** Begins to index as soon as the projections advance. */
  constructor(options: SearchOptions) {
    this.#options = options;
    this.#restartMs = options.restartMs ?? 500;
    this.#spawn();
    this.#stopListening = options.projections.onAdvanced((begun) => {
      this.#begun = begun;
      this.#lookSoon();
    });
  }

  /** How many documents have changes that cannot be found yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** For how long the oldest of these changes has waited. */
  get waitingSeconds(): number {
    return this.#waitingSinceMs === undefined ? 0 : Math.max(0, Date.now() - this.#waitingSinceMs) / 1000;
  }

  /** How many searches wait for an answer. */
  get queue(): number {
    return this.#findings.length;
  }

  /**
   * The documents that match, as of a moment ago; none once `signal` says that nobody waits for them any more: whoever
   * types asks for the next before the last is answered.
   *
   * @throws {ProjectionsStoppedError}
   */
  find(query: TextQuery, signal: AbortSignal): Promise<readonly SearchHit[]> {
    if (this.#worker === undefined) return Promise.reject(stopped());
    return new Promise((resolve, reject) => {
      this.#findings.push({ query, signal, resolve, reject });
      if (this.#findings.length === 1) this.#findNext();
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#stopListening();
    clearTimeout(this.#pause);
    clearTimeout(this.#restart);
    this.#send({ type: "close" });
    const impatience = setTimeout(() => void this.#worker?.terminate(), patienceMs);
    await this.#ended;
    clearTimeout(impatience);
  }

  #spawn(): void {
    const { databaseFile, projectionsFile, workerFile } = this.#options;
    const workerData: SearchWorkerOptions = { databaseFile, projectionsFile };
    const worker = new Worker(workerFile, { workerData });
    this.#worker = worker;
    this.#ended = new Promise((resolve) => worker.once("exit", () => resolve()));
    worker.on("message", (report: SearchReport) => this.#receive(report));
    worker.on("error", (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#lookSoon();
  }

  #receive(report: SearchReport): void {
    switch (report.type) {
      case "needText":
        void this.#handOver(report.documentId as DocumentId);
        return;
      case "found":
        this.#findings.shift()?.resolve(report.hits);
        this.#findNext();
        return;
      case "waiting":
        this.#restartMs = this.#options.restartMs ?? 500;
        this.#waiting = report.documents;
        this.#waitingSinceMs = report.sinceMs;
        return;
    }
  }

  #findNext(): void {
    for (let next = this.#findings[0]; next !== undefined; next = this.#findings[0]) {
      if (!next.signal.aborted) {
        this.#send({ type: "find", query: next.query });
        return;
      }
      next.resolve([]);
      this.#findings.shift();
    }
  }

  async #handOver(documentId: DocumentId): Promise<void> {
    const worker = this.#worker;
    // What cannot be had now comes with the next change, or when the projections begin again.
    const text = await this.#options.projections.text(documentId).catch(() => undefined);
    worker?.postMessage({ type: "text", documentId, text } satisfies SearchRequest);
  }

  #lookSoon(): void {
    if (this.#pause !== undefined || this.#begun === undefined) return;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#begun !== undefined) this.#send({ type: "look", begun: this.#begun });
    }, lookPauseMs);
    this.#pause.unref();
  }

  #fail(cause: Error): void {
    this.#worker = undefined;
    for (const { reject } of this.#findings) reject(stopped(cause));
    this.#findings = [];
    if (this.#closing) return;
    this.#options.onFailure(cause);
    this.#restart = setTimeout(() => this.#spawn(), this.#restartMs);
    this.#restart.unref();
    this.#restartMs = Math.min(2 * this.#restartMs, restartMsMax);
  }

  #send(request: SearchRequest): void {
    this.#worker?.postMessage(request);
  }
}

function stopped(cause?: Error): ProjectionsStoppedError {
  return new ProjectionsStoppedError("the search has stopped", cause && { cause });
}
