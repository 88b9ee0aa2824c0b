import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SpaceSaving } from "./space-saving";

const slots = 8;
const stream = fc.array(
  fc.record({ key: fc.integer({ min: 0, max: 40 }).map(String), weight: fc.integer({ min: 1, max: 20 }) }),
  { maxLength: 400 },
);

describe("SpaceSaving", () => {
  it("counts exactly what it has room for", () => {
    const counts = new SpaceSaving(slots);
    for (const key of ["a", "b", "a", "c", "a"]) counts.add(key, 2);
    expect([...counts.counted()].sort((x, y) => (x.key < y.key ? -1 : 1))).toEqual([
      { key: "a", count: 6, over: 0 },
      { key: "b", count: 2, over: 0 },
      { key: "c", count: 2, over: 0 },
    ]);
    expect(counts.missedMax).toBe(0);
  });

  it("never counts too little, and too much by no more than it says and the share of a slot", () => {
    fc.assert(
      fc.property(stream, (entries) => {
        const counts = new SpaceSaving(slots);
        const exact = new Map<string, number>();
        let total = 0;
        for (const { key, weight } of entries) {
          counts.add(key, weight);
          exact.set(key, (exact.get(key) ?? 0) + weight);
          total += weight;
        }
        const counted = new Map([...counts.counted()].map((slot) => [slot.key, slot]));
        expect(counted.size).toBe(Math.min(slots, exact.size));
        expect(counts.missedMax).toBeLessThanOrEqual(total / slots);
        for (const [key, count] of exact) {
          const slot = counted.get(key);
          if (slot === undefined) {
            expect(count).toBeLessThanOrEqual(counts.missedMax);
            continue;
          }
          expect(slot.over).toBeLessThanOrEqual(total / slots);
          expect(count).toBeLessThanOrEqual(slot.count);
          expect(count).toBeGreaterThanOrEqual(slot.count - slot.over);
        }
      }),
    );
  });

  it("goes on where another one ended", () => {
    fc.assert(
      fc.property(stream, stream, (before, after) => {
        const whole = new SpaceSaving(slots);
        for (const { key, weight } of [...before, ...after]) whole.add(key, weight);
        const first = new SpaceSaving(slots);
        for (const { key, weight } of before) first.add(key, weight);
        const second = new SpaceSaving(slots, first.counted());
        for (const { key, weight } of after) second.add(key, weight);
        const sum = (counts: SpaceSaving) => [...counts.counted()].reduce((all, { count }) => all + count, 0);
        expect(sum(second)).toBe(sum(whole));
        expect(second.missedMax).toBe(whole.missedMax);
      }),
    );
  });
});
