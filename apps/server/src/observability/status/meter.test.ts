import { describe, expect, it } from "vitest";
import { Meter, type Reading } from "./meter";

const number = (total: number): Reading => ({ total, buckets: new Map() });
/** A histogram with the bounds 1, 2 and infinity. */
const histogram = (upTo1: number, upTo2: number, total: number): Reading => ({
  total,
  buckets: new Map([
    [1, upTo1],
    [2, upTo2],
    [Number.POSITIVE_INFINITY, total],
  ]),
});

describe("Meter", () => {
  it("shows a value as it is", () => {
    expect(new Meter({ of: "value" }, 2).next(number(7))).toBe(7);
  });

  it("shows by how much a counter grows per second", () => {
    const meter = new Meter({ of: "rate" }, 2);
    expect([4, 10, 10, 13].map((total) => meter.next(number(total)))).toEqual([undefined, 3, 0, 1.5]);
  });

  it("shows by how much a counter has grown lately", () => {
    const meter = new Meter({ of: "growth", looks: 2 }, 2);
    expect([5, 6, 8, 8, 8].map((total) => meter.next(number(total)))).toEqual([0, 1, 3, 2, 0]);
  });

  it("shows a quantile of what came lately, evenly spread within a bucket", () => {
    const meter = new Meter({ of: "quantile", share: 0.75, looks: 1 }, 2);
    expect(meter.next(histogram(100, 100, 100))).toBeUndefined();
    expect(meter.next(histogram(102, 104, 104))).toBe(1.5);
    expect(meter.next(histogram(102, 104, 104))).toBeUndefined();
    expect(meter.next(histogram(106, 108, 108))).toBe(0.75);
    // Of what lies beyond the last bound, nothing more is known.
    expect(meter.next(histogram(106, 108, 118))).toBe(2);
  });
});
