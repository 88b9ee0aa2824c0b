import { expect, test, vi } from "vitest";
import { createMetrics } from "./metrics";

async function shown(groups?: Parameters<typeof createMetrics>[0]): Promise<string[]> {
  const { registry } = createMetrics(groups);
  return (await registry.getMetricsAsJSON()).map(({ name }) => name);
}

test("names every metric as Prometheus wants it, with help", async () => {
  const { registry } = createMetrics();
  const all = await registry.getMetricsAsJSON();
  expect(all.length).toBeGreaterThan(40);
  for (const { name, help, type } of all) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*[a-z0-9]$/);
    expect([name, help.length > 5]).toEqual([name, true]);
    // Those of Node's that others have named.
    if (!name.startsWith("scriptorium_")) continue;
    expect([name, String(type) === "counter"]).toEqual([name, name.endsWith("_total")]);
    if (String(type) === "histogram") expect(name).toMatch(/_(seconds|records)$/);
  }
});

test("shows the groups that are wanted, and no others", async () => {
  expect(await shown(new Set())).toEqual([]);
  const log = await shown(new Set(["log"]));
  expect(log).toEqual(["scriptorium_log_sync_seconds", "scriptorium_log_commit_records"]);
  const traffic = await shown(new Set(["traffic"]));
  expect(traffic).toContain("scriptorium_edits_total");
  expect(traffic).not.toContain("scriptorium_relay_latency_seconds");
});

test("counts nothing that is not wanted, and does not even look at the clock", async () => {
  const now = vi.spyOn(performance, "now");
  const off = createMetrics(new Set());
  expect(off.traffic.isCounted).toBe(false);
  expect(off.relay.start()).toBe(0);
  off.edits.inc();
  off.durableSeconds.observe(1);
  expect(now).not.toHaveBeenCalled();
  const on = createMetrics(new Set(["latency"]));
  expect(on.relay.start()).toBeGreaterThan(0);
  expect(now).toHaveBeenCalledOnce();
  now.mockRestore();
});

test("counts what happens often", async () => {
  const { edits, messagesRelayed, registry } = createMetrics(new Set(["traffic"]));
  edits.inc();
  edits.inc();
  messagesRelayed.inc(12);
  const text = await registry.metrics();
  expect(text).toContain("\nscriptorium_edits_total 2\n");
  expect(text).toContain("\nscriptorium_messages_relayed_total 12\n");
});
