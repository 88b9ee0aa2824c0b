import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket";

test("never lets more pass than it held at first and was filled with since", () => {
  const spending = fc.array(fc.record({ tokens: fc.integer({ min: 1, max: 50 }), pauseMs: fc.nat(500) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(spending, (acts) => {
      let nowMs = 0;
      const bucket = new TokenBucket(100, 200, nowMs);
      let spent = 0;
      for (const { tokens, pauseMs } of acts) {
        nowMs += pauseMs;
        spent += tokens;
        // Whoever waits as long as told never has a debt for longer.
        nowMs += bucket.spend(tokens, () => nowMs);
        expect(spent).toBeLessThanOrEqual(200 + nowMs / 10 + 1e-6);
      }
    }),
  );
});

test("does not ask for the time while there are tokens", () => {
  const bucket = new TokenBucket(1, 10, 0);
  const never = () => expect.fail("asked for the time");
  for (let spent = 0; spent < 10; spent++) expect(bucket.spend(1, never)).toBe(0);
  expect(bucket.spend(1, () => 0)).toBe(1000);
});

test("is full again once it was left alone for long enough, and not fuller", () => {
  const bucket = new TokenBucket(10, 20, 0);
  expect(bucket.spend(25, () => 0)).toBe(500);
  expect([bucket.isFull(() => 1000), bucket.isFull(() => 2500)]).toEqual([false, true]);
  expect([bucket.spend(20, () => 2500), bucket.spend(1, () => 2500)]).toEqual([0, 100]);
});
