import { type DocumentMetrics, documentMetricsSchema } from "../api/document-metrics";
import { Observable } from "../ui/observable";
import { strings } from "../ui/strings";

/** What the feed needs of an `EventSource`. Tests pass one that they drive. */
export interface MetricsSource {
  addEventListener(type: "metrics", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "error", listener: () => void): void;
  close(): void;
}

export interface MetricsState {
  /** The newest figures that came, however old. */
  readonly metrics: DocumentMetrics | undefined;
  /** Whether they would be followed by others as soon as something happens. */
  readonly isLive: boolean;
  /** Why none came, for the reader of the page. */
  readonly problem: string | undefined;
}

interface MetricsFeedOptions {
  readonly open: () => MetricsSource;
  /** Asks once: for figures where no stream can be had, and for the reason where there are none. */
  readonly ask: (signal: AbortSignal) => Promise<DocumentMetrics>;
  /** @returns how to do without it */
  readonly after: (delayMs: number, act: () => void) => () => void;
  /** From 0 to 1. */
  readonly random: () => number;
}

const firstDelayMs = 1000;
const delayMsMax = 30_000;

/**
 * The figures of a document as they change, from start to stop. When the stream breaks, another is opened: after a
 * second, then after twice as long each time. An `EventSource` would give up where the server refuses it, and would
 * have all pages come back at once.
 */
export class MetricsFeed {
  readonly state = new Observable<MetricsState>({ metrics: undefined, isLive: false, problem: undefined });
  readonly #options: MetricsFeedOptions;
  #source: MetricsSource | undefined;
  #cancel: (() => void) | undefined;
  #attempts = 0;

  constructor(options: MetricsFeedOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#source === undefined) this.#connect();
  }

  /** What is known stays. */
  stop(): void {
    this.#cancel?.();
    this.#source?.close();
    this.#cancel = this.#source = undefined;
    this.#attempts = 0;
    this.#change({ isLive: false });
  }

  #connect(): void {
    const source = this.#options.open();
    this.#cancel?.();
    this.#cancel = undefined;
    this.#source = source;
    let wasLive = false;
    source.addEventListener("metrics", ({ data }) => {
      if (this.#source !== source) return;
      const metrics = parse(data);
      if (metrics === undefined) return this.#change({ problem: strings.errors.invalidResponse });
      wasLive = true;
      this.#attempts = 0;
      this.#change({ metrics, isLive: true, problem: undefined });
    });
    source.addEventListener("error", () => {
      if (this.#source !== source) return;
      source.close();
      this.#change({ isLive: false });
      this.#connectLater(wasLive);
    });
  }

  #connectLater(wasLive: boolean): void {
    const delayMs = Math.min(delayMsMax, firstDelayMs * 2 ** this.#attempts++);
    const stopAsking = new AbortController();
    const stopWaiting = this.#options.after(delayMs * (0.5 + this.#options.random() / 2), () =>
      this.#connect(),
    );
    this.#cancel = () => {
      stopWaiting();
      stopAsking.abort();
    };
    // A stream that worked broke for want of a network, most likely.
    if (!wasLive) void this.#askOnce(stopAsking.signal);
  }

  async #askOnce(signal: AbortSignal): Promise<void> {
    try {
      const metrics = await this.#options.ask(signal);
      if (!signal.aborted) this.#change({ metrics, problem: undefined });
    } catch (error) {
      if (!signal.aborted) this.#change({ problem: error instanceof Error ? error.message : String(error) });
    }
  }

  #change(change: Partial<MetricsState>): void {
    const before = this.state.get();
    const keys = Object.keys(change) as (keyof MetricsState)[];
    if (keys.some((key) => change[key] !== before[key])) this.state.set({ ...before, ...change });
  }
}

function parse(data: unknown): DocumentMetrics | undefined {
  try {
    return documentMetricsSchema.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
