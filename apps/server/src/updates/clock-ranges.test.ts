import fc from "fast-check";
import { expect, test } from "vitest";
import { ClockRanges } from "./clock-ranges";

const clockMax = 30;
const clients = [1, 2];
const range = fc
  .record({ client: fc.constantFrom(...clients), from: fc.nat(clockMax), length: fc.nat(6) })
  .map(({ client, from, length }) => ({ client, from, to: from + length }));

function clocksOf({ client, from, to }: { client: number; from: number; to: number }): string[] {
  return Array.from({ length: to - from }, (_, index) => `${client}:${from + index}`);
}

test("holds exactly the clocks that were added, and says how many were new, as a set of single clocks would", () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 25, size: "max" }), fc.array(range), (added, asked) => {
      const ranges = new ClockRanges();
      const model = new Set<string>();
      for (const one of added) {
        const fresh = clocksOf(one).filter((clock) => !model.has(clock)).length;
        expect(ranges.add(one)).toBe(fresh);
        for (const clock of clocksOf(one)) model.add(clock);
      }
      for (const one of [...added, ...asked]) {
        expect(ranges.has(one)).toBe(clocksOf(one).every((clock) => model.has(clock)));
      }
      const starts = [...model].filter((clock) => {
        const [client, at] = clock.split(":");
        return !model.has(`${client}:${Number(at) - 1}`);
      });
      expect(ranges.runs).toBe(starts.length);
      for (const client of clients) {
        for (let clock = 0; clock <= clockMax; clock++) {
          let end: number | undefined;
          for (let at = clock; model.has(`${client}:${at}`); at++) end = at + 1;
          expect(ranges.endOfRunAt(client, clock)).toBe(end);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("has every empty range, even of a client it knows nothing of", () => {
  expect(new ClockRanges().has({ client: 9, from: 4, to: 4 })).toBe(true);
});
