import {
  type EventLoopUtilization,
  type IntervalHistogram,
  monitorEventLoopDelay,
  performance,
} from "node:perf_hooks";

const everyMs = 2000;
const resolutionMs = 10;

/** How busy the main thread is, as of the last two seconds: the same for whoever asks, however often. */
export class EventLoopMonitor {
  readonly #delays: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #timer: NodeJS.Timeout;
  #total: EventLoopUtilization = performance.eventLoopUtilization();
  /** The share of the time in which there was something to do. */
  utilization = 0;
  /** By how many seconds one turn in a hundred came too late. */
  lagP99Seconds = 0;

  constructor() {
    this.#delays.enable();
    this.#timer = setInterval(() => this.#look(), everyMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#delays.disable();
  }

  #look(): void {
    const total = performance.eventLoopUtilization();
    this.utilization = performance.eventLoopUtilization(total, this.#total).utilization;
    this.#total = total;
    // What is measured is the time from one tick to the next.
    this.lagP99Seconds = Math.max(0, this.#delays.percentile(99) / 1e9 - resolutionMs / 1000);
    this.#delays.reset();
  }
}
