import { snowflakeAtTime } from "@scriptorium/ids";
import type { SealedExtent } from "@scriptorium/log";
import type { Logger } from "../observability/logger";
import { HorizonBlockedError } from "./horizon-fold";
import { type DroppableLog, type HorizonMove, type HorizonTarget, moveHorizon } from "./move-horizon";
import { unlessAborted } from "./unless-aborted";

export interface RetentionLog extends DroppableLog {
  sealed(): Promise<void>;
  sealedSegments(): readonly SealedExtent[];
}

export interface RetentionOptions {
  readonly log: RetentionLog;
  readonly projections: HorizonMove["projections"];
  /** Records older than this may go. */
  readonly historyMs: number;
  readonly fold: (
    range: Parameters<HorizonMove["fold"]>[0],
    signal: AbortSignal,
  ) => ReturnType<HorizonMove["fold"]>;
  readonly logger: Logger;
  /** Default: the system's clock. */
  readonly now?: () => number;
}

/** Since the server started. */
export interface RetentionTotals {
  readonly segments: number;
  readonly records: number;
  readonly bytes: number;
  /** When the last run ended that did all it could, in milliseconds since 1970; 0 if none did. */
  readonly lastRunMs: number;
  /** What keeps records from being dropped that are old enough; undefined if nothing does. */
  readonly blockedBecause: string | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;
/** How long after a failure it is tried again. */
const retryMs = 60 * 60 * 1000;

/** Drops what is older than the history that is wanted: at the start, and once a day. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #stop = new AbortController();
  #totals: RetentionTotals = { segments: 0, records: 0, bytes: 0, lastRunMs: 0, blockedBecause: undefined };
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  get totals(): RetentionTotals {
    return this.#totals;
  }

  /** Runs as soon as the projections have caught up, and from then on once a day. */
  start(): void {
    this.#running = this.#runAndSchedule();
  }

  /** Leaves what is under way as it is: the next start goes on. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("the server is shutting down"));
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #runAndSchedule(): Promise<void> {
    const { log, projections, logger } = this.#options;
    let waitMs = dayMs;
    try {
      await unlessAborted(projections.caughtUp(log.durablePosition), this.#stop.signal);
      await this.run();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      logger.error(
        { err: error },
        "old history could not be dropped; nothing is lost, and it is tried again",
      );
      waitMs = retryMs;
    }
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => this.start(), waitMs);
    this.#timer.unref();
  }

  /**
   * Drops all that is old enough and can be dropped.
   *
   * @throws whatever the log, the projections or the fold may say
   */
  async run(): Promise<void> {
    const { log, now = Date.now } = this.#options;
    await unlessAborted(log.sealed(), this.#stop.signal);
    let blocked: HorizonBlockedError | undefined;
    for (;;) {
      const segments = this.#droppable(now() - this.#options.historyMs, blocked?.position);
      const target = targetOf(segments);
      if (target === undefined) break;
      try {
        await this.#move(target, segments);
        break;
      } catch (error) {
        if (!(error instanceof HorizonBlockedError)) throw error;
        // What lies before it can go all the same.
        blocked = error;
      }
    }
    if (blocked !== undefined) {
      this.#options.logger.error(
        { because: blocked.message },
        "old history is kept, since it cannot be dropped",
      );
    }
    this.#options.logger.info({ horizon: log.horizonPosition }, "looked for old history");
    this.#totals = { ...this.#totals, lastRunMs: now(), blockedBecause: blocked?.message };
  }

  async #move(target: HorizonTarget, segments: readonly SealedExtent[]): Promise<void> {
    const { log, projections, logger } = this.#options;
    const { signal } = this.#stop;
    const fold: HorizonMove["fold"] = (range) => this.#options.fold(range, signal);
    logger.info({ through: target.position, segments: segments.length }, "dropping old history");
    const documents = await moveHorizon({ log, projections, fold, target, signal });
    const records = segments.reduce((sum, segment) => sum + segment.records, 0);
    const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    this.#totals = {
      ...this.#totals,
      segments: this.#totals.segments + segments.length,
      records: this.#totals.records + records,
      bytes: this.#totals.bytes + bytes,
    };
    logger.info(
      { through: target.position, segments: segments.length, records, bytes, documents },
      "dropped old history",
    );
  }

  /** The oldest segments of which all records are older than `cutoffMs`, and before `end`. */
  #droppable(cutoffMs: number, end = Number.POSITIVE_INFINITY): readonly SealedExtent[] {
    const cutoff = snowflakeAtTime(cutoffMs);
    const segments = this.#options.log.sealedSegments();
    const kept = segments.findIndex(
      ({ revisionMax, lastPosition }) => revisionMax >= cutoff || lastPosition >= end,
    );
    return kept === -1 ? segments : segments.slice(0, kept);
  }
}

/** All of these segments; undefined if there are none. */
export function targetOf(segments: readonly SealedExtent[]): HorizonTarget | undefined {
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  let revision = 0n;
  for (const { revisionMax } of segments) if (revisionMax > revision) revision = revisionMax;
  return { position: last.lastPosition, revision };
}
