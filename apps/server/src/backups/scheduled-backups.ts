import type { Logger } from "../observability/logger";
import { listBackups } from "./backup-shelf";
import type { BackupReport } from "./run-backup";

export interface ScheduledBackupsOptions {
  /** Absolute path. */
  readonly directory: string;
  readonly everyMs: number;
  readonly backUp: (startedAt: Date, signal: AbortSignal) => Promise<BackupReport>;
  readonly logger: Logger;
  /** Default: the system's clock. */
  readonly now?: () => number;
}

/** What is known of the backups that this server makes of itself. */
export interface BackupState {
  /** When the newest proven one began, in milliseconds since 1970; when the server started, if there is none. */
  readonly sinceMs: number;
  readonly everyMs: number;
  /** Why the last one could not be made or proven; undefined if it could. */
  readonly failedBecause: string | undefined;
}

/** How long after a failure it is tried again, if not sooner. */
const retryMsMax = 15 * 60 * 1000;
/** Longer waits than a timer takes are waited for in parts. */
const timerMsMax = 2 ** 31 - 1;

/** Backs the server up again and again while it runs: as soon as the newest backup is old enough. */
export class ScheduledBackups {
  readonly #options: ScheduledBackupsOptions;
  readonly #now: () => number;
  readonly #stop = new AbortController();
  #state: BackupState;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ScheduledBackupsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#state = { sinceMs: this.#now(), everyMs: options.everyMs, failedBecause: undefined };
  }

  get state(): BackupState {
    return this.#state;
  }

  start(): void {
    this.#running = this.#begin();
  }

  /** Gives up what is under way. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("the server is shutting down"));
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #begin(): Promise<void> {
    try {
      const [newest] = await listBackups(this.#options.directory);
      if (newest !== undefined) this.#state = { ...this.#state, sinceMs: newest.getTime() };
      this.#runAt(newest === undefined ? this.#now() : newest.getTime() + this.#options.everyMs);
    } catch (error) {
      this.#fail(error);
    }
  }

  #runAt(dueMs: number): void {
    if (this.#stop.signal.aborted) return;
    const waitMs = Math.max(0, dueMs - this.#now());
    const next = () => {
      if (waitMs > timerMsMax) this.#runAt(dueMs);
      else this.#running = this.#run();
    };
    this.#timer = setTimeout(next, Math.min(waitMs, timerMsMax));
    this.#timer.unref();
  }

  async #run(): Promise<void> {
    const { everyMs, backUp, logger } = this.#options;
    const startedMs = this.#now();
    logger.info("backing up");
    try {
      const { problems, ...report } = await backUp(new Date(startedMs), this.#stop.signal);
      if (problems.length > 0) this.#blame(problems.join(""));
      else {
        logger.info(report, "backed up");
        this.#state = { ...this.#state, sinceMs: startedMs, failedBecause: undefined };
      }
      this.#runAt(startedMs + everyMs);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    this.#blame(error instanceof Error ? error.message : String(error));
    this.#runAt(this.#now() + Math.min(this.#options.everyMs, retryMsMax));
  }

  #blame(failedBecause: string): void {
    this.#options.logger.error(
      { because: failedBecause },
      "the backup could not be made or proven; it is tried again",
    );
    this.#state = { ...this.#state, failedBecause };
  }
}
