import { Worker } from "node:worker_threads";
import type { DocumentId } from "@scriptorium/ids";
import type { DocumentLog } from "../storage/document-log";
import type { ProjectionReport, ProjectionRequest, WorkerOptions } from "./messages";
import { ProjectionReader } from "./projection-reader";

export interface ProjectionsOptions {
  readonly log: DocumentLog;
  readonly logDirectory: string;
  readonly databaseFile: string;
  readonly workerFile: URL;
  readonly onQuarantined: (documentId: string, position: number, error: string) => void;
  /** The worker died: projections stand still. */
  readonly onFailure: (error: Error) => void;
}

interface Waiting {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface TextRequest {
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

type CheckpointListener = (position: number) => void;

/** The server's end of the projections: tells the worker how far the log is durable, and reads what it makes of it. */
export class Projections {
  readonly #log: DocumentLog;
  readonly #worker: Worker;
  readonly #options: ProjectionsOptions;
  readonly #checkpointListeners = new Map<string, CheckpointListener>();
  readonly #texts = new Map<number, TextRequest>();
  #waiting: Waiting[] = [];
  #reader: ProjectionReader | undefined;
  #requests = 0;
  #position = 0;
  /** An `advance` is on its way that the worker has not answered. */
  #advancing = false;
  #failure: Error | undefined;
  readonly #ended: Promise<void>;

  private constructor(options: ProjectionsOptions, worker: Worker) {
    this.#options = options;
    this.#log = options.log;
    this.#worker = worker;
    this.#ended = new Promise((resolve) => worker.once("exit", () => resolve()));
  }

  /** Resolves when the worker has opened its database. The catalogue may still lag: see {@link caughtUp}. */
  static async start(options: ProjectionsOptions): Promise<Projections> {
    const { logDirectory, databaseFile, log, workerFile } = options;
    const workerData: WorkerOptions = { logDirectory, databaseFile, logEnd: log.durablePosition };
    const projections = new Projections(options, new Worker(workerFile, { workerData }));
    await projections.#ready();
    log.onDurable(() => projections.#advance());
    projections.#advance();
    return projections;
  }

  /** Position through which the catalogue shows the log. */
  get position(): number {
    return this.#position;
  }

  /** How many records behind the log's durable end. */
  get lag(): number {
    return Math.max(0, this.#log.durablePosition - this.#position);
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  get catalogue(): ProjectionReader {
    if (this.#reader === undefined) throw new Error("the projections have not started");
    return this.#reader;
  }

  /** Resolves when the catalogue shows the log through `position`, which must be durable or become so. */
  caughtUp(position: number): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (position <= this.#position) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ position, resolve, reject });
    });
  }

  /** The document's text, with every edit that is durable now. */
  text(documentId: DocumentId): Promise<string> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#texts.set(request, { resolve, reject });
      this.#send({ type: "text", request, documentId, through: this.#log.durablePosition });
    });
  }

  /** Calls `listener` with the position of each new checkpoint of a document; one listener per document. */
  watchCheckpoints(documentId: DocumentId, listener: CheckpointListener): () => void {
    this.#checkpointListeners.set(documentId, listener);
    return () => {
      if (this.#checkpointListeners.get(documentId) === listener)
        this.#checkpointListeners.delete(documentId);
    };
  }

  /** Says that a document is no longer being edited, so that its next opening finds a fresh checkpoint. */
  settle(documentId: DocumentId): void {
    this.#send({ type: "settle", documentId });
  }

  /** Gives the worker `budgetMs` to make checkpoints of what is pending, then ends it. */
  async close(budgetMs: number): Promise<void> {
    this.#send({ type: "close", budgetMs });
    await this.#ended;
    this.#reader?.close();
  }

  #ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#worker.on("error", (error) => {
        reject(error);
        this.#fail(error instanceof Error ? error : new Error(String(error)));
      });
      this.#worker.on("message", (report: ProjectionReport) => {
        if (report.type === "ready") {
          this.#reader = new ProjectionReader(this.#options.databaseFile);
          this.#position = report.position;
          resolve();
        } else {
          this.#receive(report);
        }
      });
    });
  }

  #receive(report: Exclude<ProjectionReport, { type: "ready" }>): void {
    switch (report.type) {
      case "advanced":
        this.#advancing = false;
        this.#reached(report.position);
        this.#advance();
        return;
      case "text":
        this.#takeText(report.request)?.resolve(report.text);
        return;
      case "textFailed":
        this.#takeText(report.request)?.reject(new Error(report.error));
        return;
      case "checkpointed":
        this.#checkpointListeners.get(report.documentId)?.(report.position);
        return;
      case "quarantined":
        this.#options.onQuarantined(report.documentId, report.position, report.error);
        return;
    }
  }

  #takeText(request: number): TextRequest | undefined {
    const found = this.#texts.get(request);
    this.#texts.delete(request);
    return found;
  }

  /** At most one `advance` is under way; what becomes durable meanwhile goes into the next. */
  #advance(): void {
    const through = this.#log.durablePosition;
    if (this.#advancing || through <= this.#position) return;
    this.#advancing = true;
    this.#send({ type: "advance", through });
  }

  #reached(position: number): void {
    this.#position = Math.max(this.#position, position);
    const reached = this.#waiting.filter((waiting) => waiting.position <= this.#position);
    if (reached.length === 0) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting.position > this.#position);
    for (const { resolve } of reached) resolve();
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiting) reject(error);
    for (const { reject } of this.#texts.values()) reject(error);
    this.#waiting = [];
    this.#texts.clear();
    this.#options.onFailure(error);
  }

  #send(request: ProjectionRequest): void {
    this.#worker.postMessage(request);
  }
}
