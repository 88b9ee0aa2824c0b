import type { ActivityAnswer, ActivityStep } from "../api/document-metrics";
import { Observable } from "../ui/observable";
import { lastOf, mergeSeries, type Series, toSeries } from "./series";

/** What is known of a document's activity, and why it is not more. */
export interface ActivityState {
  readonly series: Series | undefined;
  /** For the reader of the page; undefined if the last request was answered. */
  readonly problem: string | undefined;
}

interface ActivityFeedOptions {
  readonly step: ActivityStep;
  /** How many minutes, hours or days are shown. */
  readonly length: number;
  /** @param fromMs undefined for at least as much as is shown */
  readonly ask: (fromMs: number | undefined, signal: AbortSignal) => Promise<ActivityAnswer>;
}

/** A document's activity by the minute, hour or day. Asks for what is newer whenever it is told that there is. */
export class ActivityFeed {
  readonly state = new Observable<ActivityState>({ series: undefined, problem: undefined });
  readonly #options: ActivityFeedOptions;
  readonly #stop = new AbortController();
  /** Whether what is known is to be added to, rather than asked for anew. */
  #isCurrent = false;
  #isAsking = false;
  #isOutOfDate = false;

  constructor(options: ActivityFeedOptions) {
    this.#options = options;
  }

  /** Something may have happened. While one request is under way, all further ones become one. */
  refresh(): void {
    this.#isOutOfDate = true;
    if (!this.#isAsking) void this.#ask();
  }

  /** Something was missed: nobody knows for how long. */
  reload(): void {
    this.#isCurrent = false;
    this.refresh();
  }

  destroy(): void {
    this.#stop.abort();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#isOutOfDate && !this.#stop.signal.aborted) {
      this.#isOutOfDate = false;
      await this.#askOnce();
    }
    this.#isAsking = false;
  }

  async #askOnce(): Promise<void> {
    const { step, length, ask } = this.#options;
    const known = this.#isCurrent ? this.state.get().series : undefined;
    this.#isCurrent = true;
    try {
      const answer = await ask(known && lastBegin(known), this.#stop.signal);
      const newer = toSeries(step, answer);
      const series = known === undefined ? lastOf(newer, length) : mergeSeries(known, newer);
      this.#change({ series, problem: undefined });
    } catch (error) {
      this.#isCurrent = false;
      this.#change({ ...this.state.get(), problem: error instanceof Error ? error.message : String(error) });
    }
  }

  #change(state: ActivityState): void {
    if (!this.#stop.signal.aborted) this.state.set(state);
  }
}

/** The last one of a series was not over yet. */
function lastBegin({ fromMs, stepMs, edits }: Series): number {
  return fromMs + Math.max(0, edits.length - 1) * stepMs;
}
