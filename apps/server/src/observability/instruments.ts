import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { MetricGroup } from "./metric-groups";

/** What counts by one. */
export interface Counting {
  inc(by?: number): void;
}

/** What notes how long something took. */
export interface Timing {
  observe(seconds: number): void;
}

/** A counter for what happens thousands of times a second: a number, which is read when somebody scrapes. */
class Tally implements Counting {
  count = 0;

  inc(by = 1): void {
    this.count += by;
  }
}

const nobody: Counting & Timing = { inc() {}, observe() {} };

/** Measures durations. Where nobody wants to know them it does not even look at the clock. */
export class Stopwatch {
  readonly #timing: Timing | undefined;

  constructor(timing: Timing | undefined) {
    this.#timing = timing;
  }

  /** The present moment, for {@link stop}. */
  start(): number {
    return this.#timing === undefined ? 0 : performance.now();
  }

  stop(startedMs: number): void {
    this.#timing?.observe((performance.now() - startedMs) / 1000);
  }
}

type Labels = Readonly<Record<string, string>>;

/** Makes metrics for those groups that are wanted. What belongs to another group costs nothing where it is used. */
export class Instruments {
  readonly #registry: Registry;
  readonly #groups: ReadonlySet<MetricGroup>;

  constructor(registry: Registry, groups: ReadonlySet<MetricGroup>) {
    this.#registry = registry;
    this.#groups = groups;
  }

  has(group: MetricGroup): boolean {
    return this.#groups.has(group);
  }

  /** For what happens seldom; with `labelNames`, of which each may have few values, and none that others choose. */
  counter<Label extends string = never>(
    group: MetricGroup,
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: this.#registersOf(group) });
  }

  /** For what happens often. */
  tally(group: MetricGroup, name: string, help: string): Counting {
    if (!this.has(group)) return nobody;
    const tally = new Tally();
    this.observe(group, "counter", name, help, () => tally.count);
    return tally;
  }

  gauge(group: MetricGroup, name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: this.#registersOf(group) });
  }

  histogram(group: MetricGroup, name: string, help: string, buckets: readonly number[]): Timing {
    if (!this.has(group)) return nobody;
    return new Histogram({ name, help, buckets: [...buckets], registers: [this.#registry] });
  }

  labelledHistogram<Label extends string>(
    group: MetricGroup,
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly Label[],
  ): Histogram<Label> {
    return new Histogram({
      name,
      help,
      labelNames,
      buckets: [...buckets],
      registers: this.#registersOf(group),
    });
  }

  stopwatch(group: MetricGroup, name: string, help: string, buckets: readonly number[]): Stopwatch {
    return new Stopwatch(this.has(group) ? this.histogram(group, name, help, buckets) : undefined);
  }

  /** A value that somebody else keeps, and that is asked for when somebody scrapes. */
  observe(
    group: MetricGroup,
    kind: "gauge" | "counter",
    name: string,
    help: string,
    read: () => number,
  ): void {
    this.observeEach(group, kind, name, help, [], () => [[{}, read()]]);
  }

  /** The same for values with labels. */
  observeEach(
    group: MetricGroup,
    kind: "gauge" | "counter",
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => Iterable<readonly [Labels, number]>,
  ): void {
    if (!this.has(group)) return;
    const registers = [this.#registry];
    if (kind === "gauge") {
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect: function () {
          this.reset();
          for (const [labels, value] of read()) this.set(labels, value);
        },
      });
      return;
    }
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect: function () {
        this.reset();
        for (const [labels, value] of read()) this.inc(labels, value);
      },
    });
  }

  #registersOf(group: MetricGroup): Registry[] {
    return this.has(group) ? [this.#registry] : [];
  }
}
