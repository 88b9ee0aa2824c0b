import fc from "fast-check";
import { expect, test } from "vitest";
import { bits, clockReadings, moment } from "../test/arbitraries";
import { scriptedClock } from "../test/scripted";
import {
  parseSnowflake,
  snowflakeAtTime,
  snowflakeEpochMs,
  snowflakeMax,
  snowflakeParts,
  snowflakeTimeMaxMs,
} from "./snowflake";
import { SnowflakeGenerator } from "./snowflake-generator";

const noon = Date.UTC(2026, 5, 1, 12);
const anyNode = fc.nat(1023);

function take(generator: SnowflakeGenerator, count: number): bigint[] {
  return Array.from({ length: count }, () => generator.next());
}

function expectAscending(ids: readonly bigint[]): void {
  const firstStepBack = ids.findIndex((id, at) => at > 0 && id <= (ids[at - 1] ?? id));
  expect(firstStepBack, "index of the first id that is not above the one before").toBe(-1);
}

test("mints above each id before, whatever the clock does", () => {
  fc.assert(
    fc.property(anyNode, clockReadings, (node, readings) => {
      const generator = new SnowflakeGenerator({ node, now: scriptedClock(readings) });
      const minted = take(generator, readings.length);
      expectAscending(minted);
      expect(new Set(minted.map((id) => snowflakeParts(id).node))).toEqual(new Set([node]));
      expect(minted.map((id) => parseSnowflake(id.toString()))).toEqual(minted);
    }),
  );
});

test("says the clock's time when the clock has moved on", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: snowflakeEpochMs + 1, max: snowflakeTimeMaxMs })),
      (times) => {
        const ascending = times.toSorted((a, b) => a - b);
        const generator = new SnowflakeGenerator({ node: 1, now: scriptedClock(ascending) });
        expect(take(generator, ascending.length).map((id) => snowflakeParts(id))).toEqual(
          ascending.map((timeMs) => ({ timeMs, datacentre: 0, worker: 1, node: 1, sequence: 0 })),
        );
      },
    ),
  );
});

test("counts up while the clock stands still and borrows the next millisecond after 4,096 ids", () => {
  const generator = new SnowflakeGenerator({ node: 1023, now: () => noon });
  const minted = take(generator, 3 * 4096 + 1);
  const parts = minted.map((id) => snowflakeParts(id));
  expectAscending(minted);
  parts.forEach(({ timeMs, sequence, node }, at) => {
    expect([timeMs, sequence, node]).toEqual([noon + Math.floor(at / 4096), at % 4096, 1023]);
  });
});

test("takes up the clock again once that has passed what was borrowed", () => {
  const readings = [...new Array<number>(5000).fill(noon), noon + 1, noon + 2];
  const minted = take(new SnowflakeGenerator({ node: 0, now: scriptedClock(readings) }), 5002);
  const lastTwo = minted.slice(-2).map((id) => snowflakeParts(id));
  expect(lastTwo).toMatchObject([
    { timeMs: noon + 1, sequence: 5000 - 4096 },
    { timeMs: noon + 2, sequence: 0 },
  ]);
});

test("holds on when the clock is set back", () => {
  const hourMs = 3_600_000;
  const generator = new SnowflakeGenerator({ node: 7, now: scriptedClock([noon, noon - hourMs, noon - 1]) });
  expect(take(generator, 3).map((id) => snowflakeParts(id))).toMatchObject([
    { timeMs: noon, sequence: 0 },
    { timeMs: noon, sequence: 1 },
    { timeMs: noon, sequence: 2 },
  ]);
});

test("starts above the newest known id, whatever node minted that and whatever the clock says", () => {
  const notTheLastMillisecond = fc.bigInt({ min: 0n, max: snowflakeMax - 2n ** 22n });
  fc.assert(
    fc.property(anyNode, notTheLastMillisecond, moment, (node, above, timeMs) => {
      const generator = new SnowflakeGenerator({ node, above, now: () => timeMs });
      expectAscending([above, ...take(generator, 10)]);
    }),
  );
});

test("stays ascending across any number of restarts on a clock that jumps", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyNode, moment, fc.integer({ min: 1, max: 20 }))), (lives) => {
      const minted: bigint[] = [];
      for (const [node, timeMs, count] of lives) {
        const generator = new SnowflakeGenerator({ node, above: minted.at(-1) ?? 0n, now: () => timeMs });
        minted.push(...take(generator, count));
      }
      expectAscending(minted);
    }),
  );
});

test("never repeats an id between nodes", () => {
  const nodes = Array.from({ length: 1024 }, (_, node) => new SnowflakeGenerator({ node, now: () => noon }));
  const minted = nodes.flatMap((generator) => take(generator, 5));
  expect(new Set(minted).size).toBe(1024 * 5);
});

test("starts with the clock when nothing is known", () => {
  const generator = new SnowflakeGenerator({ node: 0, now: () => noon });
  expect(generator.next()).toBe(snowflakeAtTime(noon));
});

test("never mints 0, and counts up on a clock before the epoch or of no number", () => {
  const now = scriptedClock([snowflakeEpochMs, 0, Number.NaN, Number.NEGATIVE_INFINITY]);
  const minted = take(new SnowflakeGenerator({ node: 0, now }), 4);
  expectAscending([0n, ...minted]);
});

test("refuses a clock past September 2093, then goes on where it was", () => {
  const now = scriptedClock([noon, snowflakeTimeMaxMs + 1, Number.POSITIVE_INFINITY, noon]);
  const generator = new SnowflakeGenerator({ node: 0, now });
  const before = generator.next();
  const refusal = expect.objectContaining({ code: "TIME_OUT_OF_RANGE" });
  expect(() => generator.next()).toThrow(refusal);
  expect(() => generator.next()).toThrow(refusal);
  expect(generator.next()).toBe(before + 1n);
});

test("refuses to go past the last Snowflake of all", () => {
  const generator = new SnowflakeGenerator({ node: 1023, now: () => snowflakeTimeMaxMs });
  expect(take(generator, 4096).at(-1)).toBe(snowflakeMax);
  expect(() => generator.next()).toThrow(expect.objectContaining({ code: "TIME_OUT_OF_RANGE" }));
});

test("refuses nodes outside 0 to 1023 and a floor that is no Snowflake", () => {
  for (const node of [-1, 1024, 0.5, Number.NaN]) {
    expect(() => new SnowflakeGenerator({ node })).toThrow(expect.objectContaining({ code: "BAD_NODE" }));
  }
  fc.assert(
    fc.property(bits(63), (excess) => {
      const outOfRange = expect.objectContaining({ code: "ID_OUT_OF_RANGE" });
      expect(() => new SnowflakeGenerator({ node: 0, above: snowflakeMax + 1n + excess })).toThrow(
        outOfRange,
      );
      expect(() => new SnowflakeGenerator({ node: 0, above: -1n - excess })).toThrow(outOfRange);
    }),
  );
});

test("counts what the clock does to it: steps back, steps forward, and a sequence that is used up", () => {
  let [clockMs, steadyMs] = [noon, 0];
  const generator = new SnowflakeGenerator({
    node: 1,
    above: snowflakeAtTime(noon),
    now: () => clockMs,
    steady: () => steadyMs,
  });
  const faults = () => {
    const { stepsBack, stepsForward, sequenceExhausted } = generator.clockFaults;
    return [stepsBack, stepsForward, sequenceExhausted];
  };
  const pass = (ms: number, stepMs = 0) => {
    steadyMs += ms;
    clockMs += ms + stepMs;
    generator.next();
  };
  generator.next();
  expect(faults(), "a clock at the newest id").toEqual([0, 0, 0]);
  for (const ms of [1, 7, 3_600_000]) pass(ms);
  pass(5000, 900);
  pass(5000, -900);
  expect(faults(), "time passes, and the clock is adjusted").toEqual([0, 0, 0]);
  pass(10, -11);
  generator.next();
  expect(faults(), "the clock goes back, and stays there").toEqual([1, 0, 0]);
  pass(10_000, -2000);
  expect(faults(), "the clock loses two of ten seconds").toEqual([2, 0, 0]);
  pass(10, 5000);
  expect(faults(), "the clock is set forward").toEqual([2, 1, 0]);
  take(generator, 4095);
  expect(faults(), "every number of a millisecond").toEqual([2, 1, 0]);
  take(generator, 2 * 4096);
  expect(faults(), "two milliseconds borrowed").toEqual([2, 1, 2]);
  expect(snowflakeParts(generator.next()).timeMs).toBe(clockMs + 3);
});

test("counts a clock that is behind the newest id at the start as gone back", () => {
  const above = snowflakeAtTime(noon);
  const generator = new SnowflakeGenerator({ node: 1, above, now: () => noon - 1 });
  take(generator, 3);
  expect(generator.clockFaults).toEqual({ stepsBack: 1, stepsForward: 0, sequenceExhausted: 0 });
});

test("a clock that is no number is no fault of time", () => {
  const readings = [noon, Number.NaN, Number.NaN, noon];
  const generator = new SnowflakeGenerator({ node: 1, now: scriptedClock(readings), steady: () => 0 });
  take(generator, 4);
  expect(generator.clockFaults).toEqual({ stepsBack: 0, stepsForward: 0, sequenceExhausted: 0 });
});
