import fc from "fast-check";
import { monotonicFactory } from "ulid";
import { expect, test } from "vitest";
import { clockReadings } from "../test/arbitraries";
import { scriptedClock, scriptedRandom } from "../test/scripted";
import type { DocumentId, Ulid } from "./brand";
import { encodeCrockford } from "./crockford";
import { parseUlid, ulidTimeMaxMs, ulidTimeMs, ulidToBytes } from "./ulid";
import { UlidGenerator } from "./ulid-generator";

const noon = Date.UTC(2026, 5, 1, 12);
const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const zeros = new Uint8Array(10);
const ones = new Uint8Array(10).fill(0xff);

test("mints in sort order, without repeats, whatever the clock does", () => {
  fc.assert(
    fc.property(clockReadings, fc.array(tenBytes, { minLength: 1, maxLength: 5 }), (readings, draws) => {
      const generator = new UlidGenerator({ now: scriptedClock(readings), random: scriptedRandom(draws) });
      const minted = readings.map(() => generator.next());
      expect(minted).toEqual([...new Set(minted)].sort());
    }),
  );
});

test("stays in order when the random part is close to its end", () => {
  fc.assert(
    fc.property(clockReadings, fc.integer({ min: 0xf8, max: 0xff }), (readings, lastByte) => {
      const nearlyOnes = ones.with(9, lastByte);
      const generator = new UlidGenerator({
        now: scriptedClock(readings),
        random: scriptedRandom([nearlyOnes]),
      });
      const minted = readings.map(() => generator.next());
      expect(minted).toEqual([...new Set(minted)].sort());
    }),
  );
});

test("says the clock's time when the clock has moved on", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(ulidTimeMaxMs), { minLength: 1 }), (times) => {
      const ascending = times.toSorted((a, b) => a - b);
      const generator = new UlidGenerator({ now: scriptedClock(ascending) });
      expect(ascending.map(() => ulidTimeMs(generator.next()))).toEqual(ascending);
    }),
  );
});

test("mints the specification's monotonic example", () => {
  const first = parseOrThrow("01BX5ZZKBKACTAV9WEVGEMMVRZ");
  const random = scriptedRandom([ulidToBytes(first).subarray(6)]);
  const generator = new UlidGenerator({ now: () => ulidTimeMs(first), random });
  expect([generator.next(), generator.next(), generator.next()]).toEqual([
    "01BX5ZZKBKACTAV9WEVGEMMVRZ",
    "01BX5ZZKBKACTAV9WEVGEMMVS0",
    "01BX5ZZKBKACTAV9WEVGEMMVS1",
  ]);
});

test("borrows the next millisecond when the random part overflows", () => {
  const generator = new UlidGenerator({ now: () => noon, random: scriptedRandom([ones, zeros]) });
  const [last, borrowed, next] = [generator.next(), generator.next(), generator.next()];
  expect(ulidTimeMs(last)).toBe(noon);
  expect(last.slice(10)).toBe("ZZZZZZZZZZZZZZZZ");
  expect(ulidTimeMs(borrowed)).toBe(noon + 1);
  expect(borrowed.slice(10)).toBe("0000000000000000");
  expect(next.slice(10)).toBe("0000000000000001");
});

test("mints what the ulid package's monotonic factory mints from the same clock and randomness", () => {
  fc.assert(
    fc.property(clockReadings, fc.array(tenBytes, { minLength: 1, maxLength: 5 }), (readings, draws) => {
      const ours = new UlidGenerator({ now: scriptedClock(readings), random: scriptedRandom(draws) });
      const theirs = monotonicFactory(digitsOf(draws));
      for (const reading of readings) {
        expect(ours.next()).toBe(theirs(reading));
      }
    }),
  );
});

test("carries as far as it must, as the ulid package does", () => {
  const nearlyFull = fc.tuple(tenBytes, fc.nat(9)).map(([bytes, from]) => bytes.fill(0xff, from).with(0, 0));
  fc.assert(
    fc.property(nearlyFull, (draw) => {
      const ours = new UlidGenerator({ now: () => noon, random: scriptedRandom([draw]) });
      const theirs = monotonicFactory(digitsOf([draw]));
      for (let count = 0; count < 300; count += 1) {
        expect(ours.next()).toBe(theirs(noon));
      }
    }),
  );
});

test.each([-5, Number.NaN, 0])("draws random bits also when the clock first reads %s", (reading) => {
  const generator = new UlidGenerator({ now: () => reading, random: scriptedRandom([ones]) });
  expect(generator.next()).toBe("0000000000ZZZZZZZZZZZZZZZZ");
});

test("reads a clock before 1970, or no number, as 1970", () => {
  const generator = new UlidGenerator({ now: scriptedClock([-5, Number.NaN, 0.9, 7.9]) });
  const minted = [generator.next(), generator.next(), generator.next(), generator.next()];
  expect(minted.map(ulidTimeMs)).toEqual([0, 0, 0, 7]);
  expect(minted).toEqual(minted.toSorted());
});

test("refuses a clock past the year 10889, then goes on where it was", () => {
  const now = scriptedClock([noon, ulidTimeMaxMs + 1, Number.POSITIVE_INFINITY, noon]);
  const generator = new UlidGenerator({ now, random: scriptedRandom([zeros, ones]) });
  const before = generator.next();
  const refusal = expect.objectContaining({ code: "TIME_OUT_OF_RANGE" });
  expect(() => generator.next()).toThrow(refusal);
  expect(() => generator.next()).toThrow(refusal);
  expect(generator.next()).toBe(`${before.slice(0, -1)}1`);
});

test("refuses to go past the last ULID of all", () => {
  const generator = new UlidGenerator({ now: () => ulidTimeMaxMs, random: scriptedRandom([ones]) });
  expect(generator.next()).toBe("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  expect(() => generator.next()).toThrow(expect.objectContaining({ code: "TIME_OUT_OF_RANGE" }));
});

test("mints different ids in different generators by itself", () => {
  const minted = Array.from({ length: 100 }, (): DocumentId => new UlidGenerator<DocumentId>().next());
  expect(new Set(minted).size).toBe(100);
});

function parseOrThrow(text: string): Ulid {
  const id = parseUlid(text);
  if (id === undefined) {
    throw new Error(`${text} is no ULID`);
  }
  return id;
}

/** The draws as that package wants them: a fraction per base-32 digit, the last digit of each draw first. */
function digitsOf(draws: readonly Uint8Array[]): () => number {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const fractions = draws.flatMap((draw) =>
    Array.from(encodeCrockford(draw), (digit) => (digits.indexOf(digit) + 0.5) / 32).reverse(),
  );
  let at = 0;
  return () => {
    const fraction = fractions[at % fractions.length] ?? 0;
    at += 1;
    return fraction;
  };
}
