import { type FSWatcher, watch } from "node:fs";
import { setTimeout as elapsed } from "node:timers/promises";
import type { DocumentId } from "@scriptorium/ids";
import type { Logger } from "../observability/logger";
import { Due } from "./due";
import { FileKeeper, type FileKeeperOptions } from "./file-keeper";
import { isPassing, MirrorDirectory } from "./mirror-directory";
import { MirrorJournal } from "./mirror-journal";
import type { MirroredDocuments } from "./mirrored-documents";
import { MirroredFiles } from "./mirrored-files";

export interface MirrorTiming {
  /** How long a document or a file is left in peace before the other is changed. */
  readonly quietMs: number;
  /** How long at most the file of a document waits that is edited all the time. */
  readonly waitMsMax: number;
  /** A file that has become empty is believed after so long. */
  readonly emptiedMs: number;
  /** How often all files are looked at, for what nobody has told of. */
  readonly sweepMs: number;
  /** After a failure it is tried again after so long. */
  readonly retryMs: number;
}

export interface MirrorOptions {
  /** Absolute path of a directory that is there. */
  readonly directory: string;
  /** Where it is noted what was written. */
  readonly journalFile: string;
  readonly documents: MirroredDocuments;
  readonly fileBytesMax: number;
  readonly ownBytesMax: number;
  readonly metrics: FileKeeperOptions["metrics"];
  readonly onFailure: (error: unknown) => void;
  readonly logger: Logger;
  readonly timing?: Partial<MirrorTiming>;
}

const defaultTiming: MirrorTiming = {
  quietMs: 1000,
  waitMsMax: 5000,
  emptiedMs: 5000,
  sweepMs: 30_000,
  retryMs: 5000,
};
/** What a step takes is waited after it, too, up to so much: half a processor is enough, however much there is to do. */
const pauseMsMax = 2000;
/** Of failures one is told in so long. */
const silenceMs = 60_000;
/** How often it is asked whether all documents can be found, while they cannot. */
const incompleteMs = 200;
/** How often it is asked what was edited. */
const lookMs = 500;

type Task =
  | { readonly type: "take"; readonly name: string }
  | { readonly type: "keep"; readonly id: string }
  | { readonly type: "look" | "sweep" };

/**
 * Every document as a file in a directory, kept so in both directions. Does one thing after the other, beside everything else
 * that the server does: edits never wait for it.
 */
export class Mirror {
  readonly #options: MirrorOptions;
  readonly #timing: MirrorTiming;
  readonly #directory: MirrorDirectory;
  readonly #documents: Due;
  readonly #names: Due;
  readonly #closing = new AbortController();
  #files: MirroredFiles | undefined;
  #wake = () => {};
  #running: Promise<void> = Promise.resolve();
  /** Documents that have not been looked at since the start. */
  #first: Iterator<string> | undefined;
  /** By document, the version that was seen last. */
  readonly #versions = new Map<string, string>();
  #editedMs = 0;
  #lookDueMs: number | undefined;
  #sweepDueMs = Number.POSITIVE_INFINITY;
  #silentUntilMs = 0;

  constructor(options: MirrorOptions) {
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#directory = new MirrorDirectory(options.directory);
    this.#documents = new Due(this.#timing);
    this.#names = new Due(this.#timing);
  }

  /** How many documents have a file. */
  get files(): number {
    return this.#files?.size ?? 0;
  }

  /** How many documents and files wait, of those that are known to have changed. */
  get waiting(): number {
    return this.#documents.size + this.#names.size;
  }

  start(): void {
    this.#running = this.#runAgainAndAgain();
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake();
    await this.#running;
  }

  /** A document was renamed, put into the trash, taken out of it or made. */
  documentChanged(id: string): void {
    this.#documents.mark(id, Date.now());
    this.#wake();
  }

  /** Some documents may have been edited. */
  textsChanged(): void {
    this.#lookDueMs ??= Date.now() + lookMs;
    this.#wake();
  }

  async #runAgainAndAgain(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#run();
      } catch (error) {
        this.#options.onFailure(error);
        await elapsed(this.#timing.retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #run(): Promise<void> {
    const journal = await MirrorJournal.open(this.#options.journalFile);
    let watcher: FSWatcher | undefined;
    try {
      const files = new MirroredFiles(journal);
      this.#files = files;
      await this.#tidy(files);
      watcher = this.#watch();
      this.#editedMs = Date.now();
      this.#first = this.#allDocuments();
      await this.#work(files, this.#keeperOf(files));
    } finally {
      watcher?.close();
      await journal.close();
    }
  }

  #keeperOf(files: MirroredFiles): FileKeeper {
    const { documents, fileBytesMax, ownBytesMax, metrics, logger } = this.#options;
    const { quietMs, emptiedMs } = this.#timing;
    return new FileKeeper({
      ...{ directory: this.#directory, files, documents, fileBytesMax, ownBytesMax, metrics, logger },
      settledMs: quietMs,
      emptiedMs,
      keepSoon: (id) => this.#documents.mark(id, Date.now()),
      takeSoon: (name) => this.#names.mark(name, Date.now()),
      now: Date.now,
    });
  }

  /** Ends what a process that was killed has begun. */
  async #tidy(files: MirroredFiles): Promise<void> {
    await this.#directory.tidy();
    for (const { file, renamed } of files.outdated()) {
      const isMoved = (await this.#directory.find(renamed.name)) !== undefined;
      const isThere = (await this.#directory.find(file.name)) !== undefined;
      if (isThere && !isMoved) await this.#directory.rename(file.name, renamed.name);
      await files.forget(file);
    }
  }

  /** Undefined where the system cannot tell of changes: then they are found with the next look at all files. */
  #watch(): FSWatcher | undefined {
    const { logger, directory } = this.#options;
    const complain = (error: unknown) =>
      logger.warn(
        { err: error, everyMs: this.#timing.sweepMs },
        "edits of files are found only now and then",
      );
    try {
      const watcher = watch(directory, (_event, name) => {
        if (name === null || isPassing(name)) return;
        this.#names.mark(name, Date.now());
        this.#wake();
      });
      watcher.on("error", complain);
      return watcher;
    } catch (error) {
      complain(error);
      return undefined;
    }
  }

  async #work(files: MirroredFiles, keeper: FileKeeper): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      if (!this.#options.documents.isComplete()) {
        // A document that is not there yet must not be taken for one that is gone.
        await elapsed(incompleteMs, undefined, { signal }).catch(() => undefined);
        continue;
      }
      const task = this.#next(Date.now());
      if (task === undefined) {
        await this.#untilNext();
        continue;
      }
      const startedMs = performance.now();
      try {
        await this.#perform(task, files, keeper);
      } catch (error) {
        this.#fail(task, error);
      }
      const pauseMs = Math.min(pauseMsMax, performance.now() - startedMs);
      await elapsed(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** What people did to files comes first, what was done to documents then, and last those that may not have changed at all. */
  #next(nowMs: number): Task | undefined {
    if (nowMs >= (this.#lookDueMs ?? Number.POSITIVE_INFINITY)) return { type: "look" };
    const name = this.#names.take(nowMs);
    if (name !== undefined) return { type: "take", name };
    const id = this.#documents.take(nowMs) ?? this.#nextOfFirst();
    if (id !== undefined) return { type: "keep", id };
    return nowMs >= this.#sweepDueMs ? { type: "sweep" } : undefined;
  }

  #nextOfFirst(): string | undefined {
    if (this.#first === undefined) return undefined;
    const next = this.#first.next();
    if (next.done !== true) return next.value;
    this.#first = undefined;
    // Files that no document has given its own are new ones from now on.
    this.#sweepDueMs = 0;
    return undefined;
  }

  *#allDocuments(): Generator<string, undefined, undefined> {
    for (const page of this.#options.documents.pages()) for (const { id } of page) yield id;
    // And those that are gone.
    for (const name of this.#files?.names() ?? []) {
      const id = this.#files?.named(name)?.id;
      if (id !== undefined && this.#isGone(id)) yield id;
    }
    return undefined;
  }

  #isGone(id: string): boolean {
    const entry = this.#options.documents.find(id as DocumentId);
    return entry === undefined || entry.deletedMs !== null;
  }

  async #perform(task: Task, files: MirroredFiles, keeper: FileKeeper): Promise<void> {
    switch (task.type) {
      case "look":
        this.#look();
        return;
      case "sweep":
        await this.#sweep(files, keeper);
        return;
      case "keep":
        await keeper.keep(task.id);
        return;
      case "take": {
        // Until all documents have found theirs, nobody knows which files are new.
        const isNew = files.named(task.name) === undefined;
        if (!isNew || this.#first === undefined) await keeper.take(task.name);
        return;
      }
    }
  }

  #look(): void {
    this.#lookDueMs = undefined;
    for (const { id, updatedMs, epoch, edits } of this.#options.documents.editedSince(this.#editedMs)) {
      this.#editedMs = Math.max(this.#editedMs, updatedMs);
      const version = `${epoch} ${edits}`;
      if (this.#versions.get(id) === version) continue;
      this.#versions.set(id, version);
      this.#documents.mark(id, Date.now());
    }
  }

  async #sweep(files: MirroredFiles, keeper: FileKeeper): Promise<void> {
    this.#sweepDueMs = Date.now() + this.#timing.sweepMs;
    const names = new Set([...(await this.#directory.names()), ...files.names()]);
    for (const name of names) {
      if (this.#closing.signal.aborted) return;
      if (await keeper.hasChanged(name)) this.#names.markAt(name, Date.now());
    }
  }

  #fail(task: Task, error: unknown): void {
    const againMs = Date.now() + this.#timing.retryMs;
    if (task.type === "keep") this.#documents.markAt(task.id, againMs);
    if (task.type === "take") this.#names.markAt(task.name, againMs);
    if (task.type === "look") this.#lookDueMs = againMs;
    // A full disk fails for every document.
    if (performance.now() < this.#silentUntilMs) return;
    this.#silentUntilMs = performance.now() + silenceMs;
    this.#options.onFailure(error);
  }

  async #untilNext(): Promise<void> {
    const dueMs = Math.min(
      this.#names.nextMs ?? Number.POSITIVE_INFINITY,
      this.#documents.nextMs ?? Number.POSITIVE_INFINITY,
      this.#lookDueMs ?? Number.POSITIVE_INFINITY,
      this.#sweepDueMs,
    );
    const waitMs = Math.min(2 ** 31 - 1, Math.max(0, dueMs - Date.now()));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#closing.signal.aborted) this.#wake();
    });
    this.#wake = () => {};
  }
}
