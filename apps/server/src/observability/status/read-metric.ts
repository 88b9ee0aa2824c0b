import type { MetricValue, MetricValueWithName, Registry } from "prom-client";
import type { Reading } from "./meter";

/**
 * What a metric says now, over all its labels or those that are asked for; undefined if it is not measured.
 *
 * @param labels values that count, by the names of labels
 */
export async function readMetric(
  registry: Registry,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<Reading | undefined> {
  const metric = registry.getSingleMetric(name);
  if (metric === undefined) return undefined;
  const { values }: { values: (MetricValue<string> | MetricValueWithName<string>)[] } = await metric.get();
  const wanted = Object.entries(labels);
  let total = 0;
  const buckets = new Map<number, number>();
  for (const sample of values) {
    if (!wanted.every(([label, value]) => sample.labels[label] === value)) continue;
    const part = "metricName" in sample ? sample.metricName : undefined;
    if (part?.endsWith("_bucket")) {
      const bound = sample.labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(sample.labels.le);
      buckets.set(bound, (buckets.get(bound) ?? 0) + sample.value);
    } else if (!part?.endsWith("_sum")) {
      total += sample.value;
    }
  }
  return { total, buckets };
}
