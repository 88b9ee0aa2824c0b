import { Worker } from "node:worker_threads";
import type { DocumentId } from "@scriptorium/ids";
import type { DocumentLog } from "../storage/document-log";
import type {
  Damaged,
  EditAnswer,
  ProjectionReport,
  ProjectionRequest,
  RevisedText,
  RevisedTextCounts,
  SetText,
  WorkerOptions,
} from "./messages";
import { ProjectionReader } from "./projection-reader";

export interface ProjectionsOptions {
  readonly log: DocumentLog;
  readonly logDirectory: string;
  readonly databaseFile: string;
  readonly workerFile: URL;
  readonly onQuarantined: (documentId: string, position: number, error: string) => void;
  /** A place in the log cannot be read; the projections go on without it, and mark what it may concern. */
  readonly onDamaged: (damaged: Damaged) => void;
  /** The worker died: projections stand still until another one takes over, which is tried again and again. */
  readonly onFailure: (error: Error) => void;
  /** How long after its death the worker is replaced, doubled with each death in a row. Default: 500. */
  readonly restartMs?: number;
}

/** The projections stand still. What was to be shown is in the log, and will show later. */
export class ProjectionsStoppedError extends Error {
  override readonly name = "ProjectionsStoppedError";
}

interface Waiting {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface TextRequest<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** What is asked of the worker about one document. */
type Question =
  | { readonly type: "text" | "counts"; readonly documentId: DocumentId }
  | ({ readonly type: "edit"; readonly documentId: DocumentId } & SetText);

type CheckpointListener = (position: number) => void;

const restartMsMax = 30_000;
/** How long the projections may lag behind the log where nobody waits for them, in milliseconds. */
const advancePauseMs = 500;
/** What a worker may take beyond its budget before it is ended by force, in milliseconds. */
const patienceMs = 500;

/** The server's end of the projections: tells the worker how far the log is durable, and reads what it makes of it. */
export class Projections {
  readonly #log: DocumentLog;
  readonly #options: ProjectionsOptions;
  readonly #advanceListeners = new Set<(begun: number) => void>();
  readonly #checkpointListeners = new Map<string, CheckpointListener>();
  readonly #texts = new Map<number, TextRequest<RevisedText>>();
  readonly #counts = new Map<number, TextRequest<RevisedTextCounts>>();
  readonly #edits = new Map<number, TextRequest<EditAnswer>>();
  #waiting: Waiting[] = [];
  #settling: Waiting[] = [];
  #worker: Worker | undefined;
  #ended: Promise<void> = Promise.resolve();
  #reader: ProjectionReader | undefined;
  #requests = 0;
  /** How often a worker has begun. */
  #begun = 0;
  #position = 0;
  /** Where the log was durable when the present worker started. */
  #target = 0;
  /** An `advance` is on its way that the worker has not answered. */
  #advancing = false;
  #failure: ProjectionsStoppedError | undefined;
  #restart: NodeJS.Timeout | undefined;
  #pause: NodeJS.Timeout | undefined;
  #restartMs: number;
  #closing = false;
  /** Since when the log has had a record, at the earliest, that the catalogue does not show. */
  #behindSinceMs: number | undefined;
  #advanceSentMs = 0;

  private constructor(options: ProjectionsOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#restartMs = options.restartMs ?? 500;
  }

  /** Resolves when the worker has opened its database. The catalogue may still lag: see {@link isCatchingUp}. */
  static async start(options: ProjectionsOptions): Promise<Projections> {
    const projections = new Projections(options);
    await projections.#spawn();
    options.log.onDurable(() => {
      projections.#behindSinceMs ??= performance.now();
      projections.#advanceSoon();
    });
    return projections;
  }

  /** Whether the catalogue does not yet show what was durable at the start, so that documents may seem missing. */
  get isCatchingUp(): boolean {
    return this.#position < this.#target;
  }

  /** How many records behind the log's durable end. */
  get lag(): number {
    return Math.max(0, this.#log.durablePosition - this.#position);
  }

  /** For how long, at most, there has been something in the log that the catalogue does not show. */
  get lagSeconds(): number {
    return this.#behindSinceMs === undefined ? 0 : (performance.now() - this.#behindSinceMs) / 1000;
  }

  /** How many wait for the catalogue to show something, and for a text. */
  get queues(): { readonly catalogue: number; readonly texts: number } {
    return {
      catalogue: this.#waiting.length + this.#settling.length,
      texts: this.#texts.size + this.#edits.size,
    };
  }

  /** Why the projections stand still, if they do. What they show is still there. */
  get failure(): ProjectionsStoppedError | undefined {
    return this.#failure;
  }

  get catalogue(): ProjectionReader {
    if (this.#reader === undefined) throw new Error("the projections have not started");
    return this.#reader;
  }

  /**
   * Resolves when the catalogue shows the log through `position`, which must be durable or become so.
   *
   * @throws {ProjectionsStoppedError}
   */
  caughtUp(position: number): Promise<void> {
    if (position <= this.#position) return Promise.resolve();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ position, resolve, reject });
      this.#advance();
    });
  }

  /**
   * The document's text, with every edit that is durable now.
   *
   * @throws {ProjectionsStoppedError}
   */
  async text(documentId: DocumentId): Promise<string> {
    return (await this.revisedText(documentId)).text;
  }

  /** The same, and how far it goes. */
  revisedText(documentId: DocumentId): Promise<RevisedText> {
    return this.#ask({ type: "text", documentId }, this.#texts);
  }

  /**
   * The edit that sets the document's text, as of every edit that is durable now.
   *
   * @throws {ProjectionsStoppedError}
   */
  prepareEdit(documentId: DocumentId, { text, base }: SetText): Promise<EditAnswer> {
    return this.#ask({ type: "edit", documentId, text, base }, this.#edits);
  }

  /**
   * How much text there is, with every edit that is durable now. It is made for that: ask sparingly.
   *
   * @throws {ProjectionsStoppedError}
   */
  textCounts(documentId: DocumentId): Promise<RevisedTextCounts> {
    return this.#ask({ type: "counts", documentId }, this.#counts);
  }

  #ask<Answer>(question: Question, requests: Map<number, TextRequest<Answer>>): Promise<Answer> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      requests.set(request, { resolve, reject });
      this.#send({ ...question, request, through: this.#log.durablePosition });
    });
  }

  /**
   * Calls `listener` whenever the catalogue may show more than before.
   *
   * @param listener gets another number when a worker has begun, and with it, maybe, another database
   */
  onAdvanced(listener: (begun: number) => void): () => void {
    this.#advanceListeners.add(listener);
    return () => this.#advanceListeners.delete(listener);
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

  /**
   * Resolves when checkpoints hold all updates up to `position`, which the catalogue must show already.
   *
   * @throws {ProjectionsStoppedError}
   */
  settledThrough(position: number): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#settling.push({ position, resolve, reject });
      this.#send({ type: "settleThrough", position });
    });
  }

  /** Gives the worker `budgetMs` to make checkpoints of what is pending, then ends it. */
  async close(budgetMs: number): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#restart);
    clearTimeout(this.#pause);
    this.#send({ type: "close", budgetMs });
    // A worker that is still catching up reads this only then; what it leaves is made again from the log.
    const impatience = setTimeout(() => void this.#worker?.terminate(), budgetMs + patienceMs);
    await this.#ended;
    clearTimeout(impatience);
    this.#reader?.close();
  }

  /** Resolves when the worker has opened its database; rejects if it dies before that. */
  #spawn(): Promise<void> {
    const { logDirectory, databaseFile, workerFile } = this.#options;
    const workerData: WorkerOptions = {
      logDirectory,
      databaseFile,
      logEnd: this.#log.durablePosition,
      logBegin: this.#log.horizonPosition,
    };
    const worker = new Worker(workerFile, { workerData });
    this.#worker = worker;
    this.#ended = new Promise((resolve) => worker.once("exit", () => resolve()));
    return new Promise((resolve, reject) => {
      worker.on("error", (error) => {
        reject(error);
        this.#fail(error instanceof Error ? error : new Error(String(error)));
      });
      worker.on("message", (report: ProjectionReport) => {
        if (report.type === "ready") {
          this.#begin(report.applied);
          resolve();
        } else {
          this.#receive(report);
        }
      });
    });
  }

  #begin(applied: number): void {
    this.#reader?.close();
    this.#reader = new ProjectionReader(this.#options.databaseFile);
    this.#begun++;
    this.#failure = undefined;
    this.#position = applied;
    this.#target = this.#log.durablePosition;
    // Also where the catalogue is complete: the worker has updates to read again that no checkpoint holds.
    this.#advancing = true;
    this.#advanceSentMs = performance.now();
    if (this.lag > 0) this.#behindSinceMs ??= this.#advanceSentMs;
    this.#send({ type: "advance", through: this.#target });
  }

  #receive(report: Exclude<ProjectionReport, { type: "ready" }>): void {
    switch (report.type) {
      case "advanced":
        this.#advancing = false;
        this.#restartMs = this.#options.restartMs ?? 500;
        this.#reached(report.position);
        // What is still lacking became durable behind what was asked for.
        this.#behindSinceMs = this.lag === 0 ? undefined : this.#advanceSentMs;
        for (const listener of this.#advanceListeners) listener(this.#begun);
        if (this.#waiting.length > 0) this.#advance();
        else this.#advanceSoon();
        return;
      case "text":
        take(this.#texts, report.request)?.resolve(report);
        return;
      case "edit":
        take(this.#edits, report.request)?.resolve(report.answer);
        return;
      case "counts":
        take(this.#counts, report.request)?.resolve(report.counts);
        return;
      case "textFailed": {
        const { request } = report;
        const asked = take(this.#texts, request) ?? take(this.#counts, request) ?? take(this.#edits, request);
        asked?.reject(new Error(report.error));
        return;
      }
      case "checkpointed":
        this.#checkpointListeners.get(report.documentId)?.(report.position);
        return;
      case "settledThrough": {
        const settled = this.#settling.filter(({ position }) => position === report.position);
        this.#settling = this.#settling.filter(({ position }) => position !== report.position);
        for (const { resolve } of settled) resolve();
        return;
      }
      case "damaged":
        this.#options.onDamaged(report);
        return;
      case "quarantined":
        this.#options.onQuarantined(report.documentId, report.position, report.error);
        return;
    }
  }

  /** Lets a few commits gather, unless somebody waits: each advance costs the worker a transaction. */
  #advanceSoon(): void {
    if (this.#waiting.length > 0) this.#advance();
    if (this.#advancing || this.#pause !== undefined || this.lag === 0) return;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#advance();
    }, advancePauseMs);
    this.#pause.unref();
  }

  /** At most one `advance` is under way; what becomes durable meanwhile goes into the next. */
  #advance(): void {
    const through = this.#log.durablePosition;
    if (this.#advancing || through <= this.#position) return;
    this.#advancing = true;
    this.#advanceSentMs = performance.now();
    this.#send({ type: "advance", through });
  }

  #reached(position: number): void {
    this.#position = Math.max(this.#position, position);
    const reached = this.#waiting.filter((waiting) => waiting.position <= this.#position);
    if (reached.length === 0) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting.position > this.#position);
    for (const { resolve } of reached) resolve();
  }

  #fail(cause: Error): void {
    const isFirstStart = this.#reader === undefined;
    const error = new ProjectionsStoppedError("the projections have stopped", { cause });
    this.#failure = error;
    this.#worker = undefined;
    for (const { reject } of [...this.#waiting, ...this.#settling]) reject(error);
    for (const requests of [this.#texts, this.#counts, this.#edits]) {
      for (const { reject } of requests.values()) reject(error);
      requests.clear();
    }
    this.#waiting = [];
    this.#settling = [];
    if (isFirstStart || this.#closing) return;
    this.#options.onFailure(cause);
    this.#restart = setTimeout(() => {
      // A start that fails comes here again by itself.
      this.#spawn().catch(() => {});
    }, this.#restartMs);
    this.#restart.unref();
    this.#restartMs = Math.min(2 * this.#restartMs, restartMsMax);
  }

  #send(request: ProjectionRequest): void {
    this.#worker?.postMessage(request);
  }
}

function take<Answer>(
  requests: Map<number, TextRequest<Answer>>,
  request: number,
): TextRequest<Answer> | undefined {
  const found = requests.get(request);
  requests.delete(request);
  return found;
}
