import { LogError, systemErrorCode } from "./errors";
import type { FileSystem } from "./files";
import type { Horizon } from "./horizon";
import { Pacer, Stopped } from "./pacer";
import { type ChainLink, chainStart, sealSegment } from "./seal-segment";
import type { PlainSegment, SealedSegment, Segment } from "./segment";

/** How long after a failure sealing is tried again, if nothing wakes it before. */
const retryMs = 60_000;

/** What must be free to seal a segment: as much again, if nothing compresses, and some for appends meanwhile. */
const spaceShare = 1.25;

/** With more segments than these waiting, sealing takes more of the time. */
const waitingMax = 6;

export interface SealTotals {
  /** Segments sealed since the log was opened, … */
  sealed: number;
  /** … their size before, … */
  bytesBefore: number;
  /** … and after. */
  bytesAfter: number;
  /** Spent on it, pauses included. */
  seconds: number;
  lastError?: LogError;
}

export interface SealerOptions {
  files: FileSystem;
  directory: string;
  /** Ascending; sealed segments take the place of plain ones here. */
  segments: Segment[];
  /** Where the log begins. */
  horizon: () => Horizon;
  /** Are commits under way, that must not wait? */
  busy: () => boolean;
  onProblem: (problem: LogError) => void;
}

/**
 * Seals, one after the other and oldest first, all segments but the last. A failure harms nothing: the plain
 * segment stays, and is what readers use.
 */
export class Sealer {
  readonly totals: SealTotals = { sealed: 0, bytesBefore: 0, bytesAfter: 0, seconds: 0 };
  readonly #options: SealerOptions;
  readonly #pacer: Pacer;
  #work: Promise<void> | undefined;
  #woken = false;
  #retry: NodeJS.Timeout | undefined;
  #behind = false;
  /** A segment with a damaged record is not tried twice, nor, as hashes are chained, what is behind it. */
  #damaged: PlainSegment | undefined;
  /** Has it been said that there is no space? It is said once, until there is. */
  #saidFull = false;

  constructor(options: SealerOptions) {
    this.#options = options;
    this.#pacer = new Pacer(() => {
      if (!options.busy()) return "idle";
      return this.#behind ? "behind" : "busy";
    });
  }

  /** Starts, or goes on, if there is something to seal. */
  wake(): void {
    if (this.#pacer.stopped) return;
    clearTimeout(this.#retry);
    this.#woken = true;
    this.#work ??= Promise.resolve().then(() => this.#run());
  }

  /** Resolves when all that can be sealed now is sealed, or sealing has failed. */
  async idle(): Promise<void> {
    await this.#work;
  }

  /** Abandons the segment that is being sealed; resolves when nothing is going on any more. */
  async stop(): Promise<void> {
    this.#pacer.stop();
    clearTimeout(this.#retry);
    await this.#work;
  }

  async #run(): Promise<void> {
    try {
      while (this.#woken) {
        this.#woken = false;
        for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#seal(next);
      }
    } catch (error) {
      if (!(error instanceof Stopped)) this.#fail(error);
    }
    this.#work = undefined;
  }

  #next(): PlainSegment | undefined {
    const next = this.#options.segments.find((segment) => segment.kind === "plain");
    const waits = next !== this.#options.segments.at(-1) && next !== this.#damaged;
    return next?.kind === "plain" && waits ? next : undefined;
  }

  async #seal(segment: PlainSegment): Promise<void> {
    const { files, directory } = this.#options;
    const { segments } = this.#options;
    this.#behind = segments.length - segments.indexOf(segment) > waitingMax;
    const started = performance.now();
    await this.#pacer.pause();
    await this.#assertSpace(segment);
    let sealed: SealedSegment;
    try {
      sealed = await sealSegment(files, directory, segment, this.#linkFor(segment), this.#pacer);
    } catch (error) {
      if (isDamage(error)) this.#damaged = segment;
      throw error;
    }
    this.#saidFull = false;
    this.#replace(segment, sealed);
    this.totals.sealed += 1;
    this.totals.bytesBefore += segment.end;
    this.totals.bytesAfter += sealed.end;
    this.totals.seconds += (performance.now() - started) / 1000;
    await files.remove(segment.path);
    await files.syncDirectory(directory);
  }

  /** So that sealing takes no space that appends need. @throws {LogError} DISK_FULL */
  async #assertSpace({ path, end }: PlainSegment): Promise<void> {
    const { files, directory } = this.#options;
    const wanted = Math.ceil(end * spaceShare);
    // Where this cannot be learnt, writing will tell.
    const free = await files.freeBytes(directory).catch(() => Number.POSITIVE_INFINITY);
    if (free >= wanted) return;
    throw new LogError(
      "DISK_FULL",
      `sealing a segment takes ${wanted} bytes of space, and ${free} are free`,
      {
        segment: path,
        hint: fullHint,
      },
    );
  }

  #linkFor(segment: PlainSegment): ChainLink {
    const { segments, horizon } = this.#options;
    const before = segments[segments.indexOf(segment) - 1];
    if (before === undefined) return { previousChain: horizon().chain, broken: false };
    if (before.kind === "sealed") return { previousChain: before.trailer.chain, broken: false };
    return { ...chainStart, broken: true };
  }

  #replace(segment: PlainSegment, sealed: SealedSegment): void {
    const { segments } = this.#options;
    segment.replacement = sealed;
    segments[segments.indexOf(segment)] = sealed;
  }

  #fail(cause: unknown): void {
    const problem = describeFailure(cause);
    this.totals.lastError = problem;
    const isNews = problem.code !== "DISK_FULL" || !this.#saidFull;
    if (problem.code === "DISK_FULL") this.#saidFull = true;
    if (isNews) this.#options.onProblem(problem);
    if (isDamage(problem) || this.#pacer.stopped) return;
    this.#retry = setTimeout(() => this.wake(), retryMs);
    this.#retry.unref();
  }
}

/** Is it the segment that is at fault, so that trying again is of no use? */
function isDamage(error: unknown): boolean {
  return error instanceof LogError && (error.code === "CORRUPT" || error.code === "UNSUPPORTED_VERSION");
}

function describeFailure(cause: unknown): LogError {
  if (cause instanceof LogError) return cause;
  const code = systemErrorCode(cause);
  const full = code === "ENOSPC" || code === "EDQUOT";
  return full
    ? new LogError("DISK_FULL", "no space left to seal a segment", { cause, hint: fullHint })
    : new LogError("FAILED", "a segment could not be sealed", {
        cause,
        hint: "Nothing is lost: it stays as it is, and is tried again. Check the disk",
      });
}

const fullHint = "Nothing is lost: it stays as it is, and is tried again. Free some space";
