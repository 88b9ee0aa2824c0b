import { type Attributes, type HrTime, ValueType } from "@opentelemetry/api";
import { hrTime, millisToHrTime } from "@opentelemetry/core";
import { emptyResource } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  type CollectionResult,
  DataPointType,
  type HistogramMetricData,
  type MetricData,
  type MetricProducer,
} from "@opentelemetry/sdk-metrics";
import type { MetricObjectWithValues, MetricValue, MetricValueWithName, Registry } from "prom-client";

type Collected = MetricObjectWithValues<MetricValue<string>>;

/** Tells OpenTelemetry what Prometheus is told: the same metrics by the same names. */
export class RegistryProducer implements MetricProducer {
  readonly #registry: Registry;
  readonly #startTime: HrTime;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#startTime = millisToHrTime(performance.timeOrigin);
  }

  async collect(): Promise<CollectionResult> {
    const collected = await this.#registry.getMetricsAsJSON();
    const endTime = hrTime();
    const metrics = collected.flatMap((metric) => this.#convert(metric, endTime) ?? []);
    return {
      resourceMetrics: {
        resource: emptyResource(),
        scopeMetrics: [{ scope: { name: "scriptorium" }, metrics }],
      },
      errors: [],
    };
  }

  #convert(metric: Collected, endTime: HrTime): MetricData | undefined {
    const times = { startTime: this.#startTime, endTime };
    const base = {
      descriptor: {
        name: metric.name,
        description: metric.help,
        unit: unitOf(metric.name),
        valueType: ValueType.DOUBLE,
      },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
    };
    const points = () =>
      metric.values.map(({ value, labels }) => ({ ...times, value, attributes: attributesOf(labels) }));
    // As prom-client says it at run time: its type of a metric's type is an enumeration that does not exist there.
    switch (String(metric.type)) {
      case "counter":
        return { ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points() };
      case "gauge":
        return { ...base, dataPointType: DataPointType.GAUGE, dataPoints: points() };
      case "histogram":
        return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints: histogramsOf(metric, times) };
      default:
        return undefined;
    }
  }
}

/** Of one set of labels. */
interface Buckets {
  readonly attributes: Attributes;
  /** Upper bounds with how many are at or below each, in order, without infinity. */
  readonly bounds: { readonly at: number; readonly below: number }[];
  sum: number;
  count: number;
}

function histogramsOf(
  metric: Collected,
  times: { readonly startTime: HrTime; readonly endTime: HrTime },
): HistogramMetricData["dataPoints"] {
  const byLabels = new Map<string, Buckets>();
  for (const { value, labels, metricName } of metric.values as MetricValueWithName<string>[]) {
    const { le, ...others } = labels;
    const attributes = attributesOf(others);
    const key = JSON.stringify(attributes);
    const buckets = byLabels.get(key) ?? { attributes, bounds: [], sum: 0, count: 0 };
    byLabels.set(key, buckets);
    if (metricName?.endsWith("_sum")) buckets.sum = value;
    else if (metricName?.endsWith("_count")) buckets.count = value;
    else if (le !== undefined && Number.isFinite(Number(le)))
      buckets.bounds.push({ at: Number(le), below: value });
  }
  return [...byLabels.values()].map(({ attributes, bounds, sum, count }) => ({
    ...times,
    attributes,
    value: {
      buckets: {
        boundaries: bounds.map(({ at }) => at),
        // Prometheus counts from zero, OpenTelemetry from the bound before.
        counts: [...bounds.map(({ below }) => below), count].map(
          (below, index) => below - (bounds[index - 1]?.below ?? 0),
        ),
      },
      sum,
      count,
    },
  }));
}

function attributesOf(labels: MetricValue<string>["labels"]): Attributes {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}

/** The unit that the name ends with, as UCUM writes it. */
function unitOf(name: string): string {
  if (/_seconds(_total)?$/.test(name)) return "s";
  return /_bytes(_total)?$/.test(name) ? "By" : "";
}
