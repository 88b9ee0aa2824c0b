import { expect, test } from "vitest";
import { createMetrics } from "../metrics";
import { FigureHistory } from "./figure-history";
import { everySeconds, looksKept } from "./figures";

test("tells figures of the groups that are measured, with what they were", async () => {
  const metrics = createMetrics(new Set(["traffic"]));
  const history = new FigureHistory(metrics.registry, (group) => metrics.instruments.has(group));
  await history.look();
  metrics.edits.inc(10 * everySeconds);
  metrics.connections.set(3);
  metrics.connectionsPeak.set(5);
  await history.look();
  const [traffic, ...others] = history.groups();
  expect([traffic?.name, others]).toEqual(["traffic", []]);
  const figure = (name: string) => traffic?.figures.find((candidate) => candidate.name === name);
  expect(figure("edits")).toMatchObject({ value: 10, peak: null, history: [null, 10] });
  expect(figure("connections")).toMatchObject({ value: 3, peak: 5, history: [0, 3] });
});

test("sums a metric over its labels, and takes quantiles over those of a histogram", async () => {
  const metrics = createMetrics(new Set(["errors", "latency", "traffic"]));
  const history = new FigureHistory(metrics.registry, (group) => metrics.instruments.has(group));
  await history.look();
  metrics.messagesRejected.inc({ reason: "malformed" });
  metrics.messagesRejected.inc({ reason: "too_large" }, 2);
  metrics.httpRequests.inc({ method: "GET", status: "5xx" });
  metrics.httpRequests.inc({ method: "GET", status: "2xx" }, 6);
  for (const route of ["/a", "/b"]) metrics.httpSeconds.observe({ method: "GET", route }, 0.01);
  await history.look();
  const values = new Map(
    history.groups().flatMap(({ figures }) => figures.map(({ name, value }) => [name, value])),
  );
  expect(values.get("messagesRejected")).toBe(3);
  expect(values.get("requestsFailed")).toBe(1);
  expect(values.get("requestP99")).toBeCloseTo(0.01, 3);
  expect(values.get("relayP99")).toBeNull();
});

test("keeps no more than the last minutes", async () => {
  const metrics = createMetrics(new Set(["users"]));
  const history = new FigureHistory(metrics.registry, (group) => metrics.instruments.has(group));
  for (let look = 0; look < looksKept + 5; look++) await history.look();
  expect(history.groups()[0]?.figures[2]?.history).toHaveLength(looksKept);
});
