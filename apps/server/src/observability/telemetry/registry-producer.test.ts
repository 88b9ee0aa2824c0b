import { DataPointType, type MetricData } from "@opentelemetry/sdk-metrics";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { RegistryProducer } from "./registry-producer";

async function collected(registry: Registry): Promise<readonly MetricData[]> {
  const { resourceMetrics, errors } = await new RegistryProducer(registry).collect();
  expect(errors).toEqual([]);
  return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
}

describe("RegistryProducer", () => {
  it("tells counters as sums that only grow, one point for each set of labels", async () => {
    const registry = new Registry();
    const counter = new Counter({
      name: "edits_total",
      help: "Edits",
      labelNames: ["kind"],
      registers: [registry],
    });
    counter.inc({ kind: "a" }, 2);
    counter.inc({ kind: "b" }, 3);
    const [metric] = await collected(registry);
    expect(metric).toMatchObject({
      descriptor: { name: "edits_total", description: "Edits" },
      dataPointType: DataPointType.SUM,
      isMonotonic: true,
      dataPoints: [
        { attributes: { kind: "a" }, value: 2 },
        { attributes: { kind: "b" }, value: 3 },
      ],
    });
  });

  it("tells gauges with the unit that their name ends with", async () => {
    const registry = new Registry();
    new Gauge({ name: "disk_free_bytes", help: "Free", registers: [registry] }).set(12);
    const [metric] = await collected(registry);
    expect(metric).toMatchObject({
      descriptor: { unit: "By" },
      dataPointType: DataPointType.GAUGE,
      dataPoints: [{ value: 12 }],
    });
  });

  it("counts in each bucket of a histogram what lies in it alone, and what lies beyond the last bound", async () => {
    const registry = new Registry();
    const histogram = new Histogram({
      name: "sync_seconds",
      help: "Syncs",
      buckets: [1, 2, 4],
      labelNames: ["disk"],
      registers: [registry],
    });
    for (const seconds of [0.5, 1.5, 1.7, 9]) histogram.observe({ disk: "a" }, seconds);
    histogram.observe({ disk: "b" }, 3);
    const [metric] = await collected(registry);
    expect(metric).toMatchObject({
      descriptor: { unit: "s" },
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: [
        {
          attributes: { disk: "a" },
          value: { buckets: { boundaries: [1, 2, 4], counts: [1, 2, 0, 1] }, sum: 12.7, count: 4 },
        },
        { attributes: { disk: "b" }, value: { buckets: { counts: [0, 0, 1, 0] }, count: 1 } },
      ],
    });
  });
});
