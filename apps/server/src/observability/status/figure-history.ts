import type { Registry } from "prom-client";
import type { MetricGroup } from "../metric-groups";
import { everySeconds, type FigureSpec, figureSpecs, looksKept, type Unit } from "./figures";
import { Meter, type Reading } from "./meter";
import { readMetric } from "./read-metric";

/** A figure with what it was in the last minutes. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  /** Null where there is none: nothing came, or it is not measured yet. */
  readonly value: number | null;
  /** The highest since the start; null where nobody keeps it. */
  readonly peak: number | null;
  /** Oldest first, one for each {@link everySeconds}; the last is `value`. */
  readonly history: readonly (number | null)[];
}

export interface FigureGroup {
  readonly name: MetricGroup;
  readonly figures: readonly Figure[];
}

interface Kept {
  readonly spec: FigureSpec;
  readonly meter: Meter;
  peak: number | null;
  readonly history: (number | null)[];
}

interface KeptGroup {
  readonly name: MetricGroup;
  readonly figures: readonly Kept[];
}

/** Looks at the figures of the operator's page every other second, and keeps those of the last minutes. */
export class FigureHistory {
  readonly #registry: Registry;
  readonly #groups: readonly KeptGroup[];
  #timer: NodeJS.Timeout | undefined;

  /** @param isMeasured tells the groups that are wanted */
  constructor(registry: Registry, isMeasured: (group: MetricGroup) => boolean) {
    this.#registry = registry;
    this.#groups = Object.entries(figureSpecs).flatMap(([name, specs]) => {
      const group = name as MetricGroup;
      return isMeasured(group) ? [{ name: group, figures: specs.map(keep) }] : [];
    });
  }

  /** Looks at once, and then again and again. */
  start(): void {
    if (this.#groups.length === 0) return;
    void this.look();
    this.#timer = setInterval(() => void this.look(), 1000 * everySeconds);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    for (const { figures } of this.#groups) {
      for (const figure of figures) await this.#lookAt(figure);
    }
  }

  groups(): FigureGroup[] {
    return this.#groups.map(({ name, figures }) => ({
      name,
      figures: figures.map(({ spec, peak, history }) => ({
        name: spec.name,
        unit: spec.unit,
        value: history.at(-1) ?? null,
        peak,
        history: [...history],
      })),
    }));
  }

  async #lookAt(figure: Kept): Promise<void> {
    const { spec, meter, history } = figure;
    const reading = await this.#read(spec);
    const value = reading === undefined ? undefined : meter.next(reading);
    history.push(value === undefined ? null : Number(value.toPrecision(6)));
    if (history.length > looksKept) history.shift();
    if (spec.peak !== undefined) {
      figure.peak = (await readMetric(this.#registry, spec.peak))?.total ?? null;
    }
  }

  async #read({ metric, labels }: FigureSpec): Promise<Reading | undefined> {
    if (typeof metric === "string") return readMetric(this.#registry, metric, labels);
    return { total: metric(), buckets: new Map() };
  }
}

function keep(spec: FigureSpec): Kept {
  return { spec, meter: new Meter(spec.measure, everySeconds), peak: null, history: [] };
}
