import fc from "fast-check";
import { expect, test } from "vitest";
import { collisionOddsLog10 } from "./collision-odds";

const yearSeconds = 365.25 * 24 * 60 * 60;
const uuidV4 = { bits: 122, perMillisecond: false };

test("one in a billion for 103 trillion UUIDs of version 4, as is often quoted", () => {
  const odds = collisionOddsLog10(uuidV4, { idsPerSecond: 103e12 / yearSeconds, years: 1 });
  expect(odds).toBeCloseTo(-9, 2);
});

test("one in two for 2.71 quintillion of them", () => {
  const odds = collisionOddsLog10(uuidV4, { idsPerSecond: 2.71e18 / yearSeconds, years: 1 });
  expect(10 ** odds).toBeCloseTo(0.5, 2);
});

test("is what an experiment finds, with few bits and ids that hold their millisecond", () => {
  // 10 ids a millisecond of 20 bits for 1,000 milliseconds: 50,000 pairs expected among 1,048,576.
  const years = 1 / yearSeconds;
  const odds = 10 ** collisionOddsLog10({ bits: 20, perMillisecond: true }, { idsPerSecond: 10_000, years });
  expect(odds).toBeCloseTo(1 - Math.exp(-50_000 / 2 ** 20), 6);
});

test("grows with the rate and with time, and never passes 1", () => {
  const positive = fc.double({ min: 1e-3, max: 1e15, noNaN: true });
  const scheme = fc.record({ bits: fc.integer({ min: 1, max: 160 }), perMillisecond: fc.boolean() });
  fc.assert(
    fc.property(scheme, positive, positive, positive, (randomness, idsPerSecond, years, times) => {
      const odds = collisionOddsLog10(randomness, { idsPerSecond, years });
      expect(odds).toBeLessThanOrEqual(0);
      expect(Number.isFinite(odds)).toBe(true);
      const factor = 1 + times;
      for (const more of [
        { idsPerSecond: idsPerSecond * factor, years },
        { idsPerSecond, years: years * factor },
      ]) {
        expect(collisionOddsLog10(randomness, more)).toBeGreaterThanOrEqual(odds - 1e-5);
      }
    }),
  );
});
