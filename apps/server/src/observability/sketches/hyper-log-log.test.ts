import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readTrace, type SequentialTrace } from "../../../test/harness/traces";
import { HyperLogLog } from "./hyper-log-log";

/** Counts texts by their hashes. */
function addAll(sketch: HyperLogLog, texts: Iterable<string>): HyperLogLog {
  for (const text of texts) {
    const digest = hash("sha256", text, "buffer");
    sketch.add(digest.readUInt32BE(0), digest.readUInt32BE(4));
  }
  return sketch;
}

function* numbered(count: number, seed: number): Iterable<string> {
  for (let index = 0; index < count; index++) yield `${seed} ${index}`;
}

describe("HyperLogLog", () => {
  it.each([0, 1, 2, 10, 1000, 16_384, 100_000])("estimates %i within four standard deviations", (n) => {
    const seed = Math.floor(Math.random() * 1e9);
    const sketch = addAll(new HyperLogLog(), numbered(n, seed));
    expect(Math.abs(sketch.estimate() - n), `seed ${seed}`).toBeLessThanOrEqual(4 * sketch.relativeError * n);
  });

  it("is right on average: it leans neither way", () => {
    const seed = Math.floor(Math.random() * 1e9);
    for (const n of [40, 150, 1000]) {
      const runs = Array.from({ length: 50 }, (_, run) =>
        addAll(new HyperLogLog(6), numbered(n, seed + run)).estimate(),
      );
      const mean = runs.reduce((sum, estimate) => sum + estimate, 0) / runs.length;
      const deviation = new HyperLogLog(6).relativeError / Math.sqrt(runs.length);
      expect(Math.abs(mean / n - 1), `${n}, seed ${seed}`).toBeLessThan(5 * deviation);
    }
  });

  it("counts what it has counted no second time, also once it was kept", () => {
    const sketch = addAll(new HyperLogLog(), numbered(1000, 1));
    const estimate = sketch.estimate();
    const again = addAll(new HyperLogLog(14, Uint8Array.from(sketch.registers)), numbered(1000, 1));
    expect(again.estimate()).toBe(estimate);
    expect(addAll(again, numbered(1000, 2)).estimate()).toBeGreaterThan(1.9 * estimate);
  });

  it("stands hashes of nothing but zeros, and of nothing but ones", () => {
    const sketch = new HyperLogLog();
    sketch.add(0, 0);
    sketch.add(0xffff_ffff, 0xffff_ffff);
    expect(sketch.registers[0]).toBe(51);
    expect(sketch.registers.at(-1)).toBe(1);
    expect(Math.round(sketch.estimate())).toBe(2);
  });

  it("counts the places at which a paper was edited as a set does", () => {
    const { txns } = readTrace<SequentialTrace>("automerge-paper");
    const places = txns.flatMap(({ patches }) => patches.map(([position]) => String(position)));
    const exact = new Set(places).size;
    const sketch = addAll(new HyperLogLog(), places);
    expect(exact).toBeGreaterThan(50_000);
    expect(Math.abs(sketch.estimate() / exact - 1)).toBeLessThan(3 * sketch.relativeError);
  });

  it("refuses registers of another precision", () => {
    expect(() => new HyperLogLog(14, new Uint8Array(64))).toThrow(RangeError);
  });
});
