import fc from "fast-check";
import { expect, test } from "vitest";
import { bits } from "../test/arbitraries";
import {
  parseSnowflake,
  snowflakeAtTime,
  snowflakeEpochMs,
  snowflakeMax,
  snowflakeParts,
  snowflakeTimeMaxMs,
} from "./snowflake";

const anyTime = fc.integer({ min: snowflakeEpochMs, max: snowflakeTimeMaxMs });

test("counts from 2024-01-01Z to September 2093", () => {
  expect(snowflakeEpochMs).toBe(1704067200000);
  expect(new Date(snowflakeTimeMaxMs).toISOString()).toBe("2093-09-06T15:47:35.551Z");
});

test("reads each part from its bits", () => {
  const id = 0b0_00000000000000000000000000000000000000101_00011_00100_000000000111n;
  expect(snowflakeParts(id)).toEqual({
    timeMs: snowflakeEpochMs + 5,
    datacentre: 3,
    worker: 4,
    node: 3 * 32 + 4,
    sequence: 7,
  });
  expect(snowflakeParts(snowflakeMax)).toEqual({
    timeMs: snowflakeTimeMaxMs,
    datacentre: 31,
    worker: 31,
    node: 1023,
    sequence: 4095,
  });
});

test("puts the parts back together to the same id", () => {
  fc.assert(
    fc.property(bits(63), (id) => {
      const { timeMs, datacentre, worker, sequence } = snowflakeParts(id);
      const together =
        BigInt(timeMs - snowflakeEpochMs) * 2n ** 22n + BigInt((datacentre * 32 + worker) * 4096 + sequence);
      expect(together).toBe(id);
    }),
  );
});

test("takes parts only of 63-bit positive numbers", () => {
  for (const id of [-1n, snowflakeMax + 1n]) {
    expect(() => snowflakeParts(id)).toThrow(expect.objectContaining({ code: "ID_OUT_OF_RANGE" }));
  }
});

test("reads back the decimal form of every id", () => {
  fc.assert(
    fc.property(bits(63), (id) => {
      expect(parseSnowflake(id.toString())).toBe(id);
    }),
  );
  expect(parseSnowflake("0")).toBe(0n);
  expect(parseSnowflake("9223372036854775807")).toBe(snowflakeMax);
});

test.each([
  "",
  "9223372036854775808",
  "18446744073709551615",
  "99999999999999999999",
  "-1",
  "+1",
  "007",
  "0x10",
  "1e3",
  "1.0",
  "1_000",
  " 1",
  "1\n",
  "1n",
  "\u0661\u0662\u0663",
])("refuses %j", (text) => {
  expect(parseSnowflake(text)).toBeUndefined();
});

test("seeks to the lowest id of a millisecond", () => {
  fc.assert(
    fc.property(anyTime, (timeMs) => {
      const id = snowflakeAtTime(timeMs);
      expect(snowflakeParts(id)).toEqual({ timeMs, datacentre: 0, worker: 0, node: 0, sequence: 0 });
    }),
  );
});

test("finds every id between its own millisecond and the next", () => {
  const beforeTheLast = bits(62);
  fc.assert(
    fc.property(beforeTheLast, (id) => {
      const { timeMs } = snowflakeParts(id);
      expect(snowflakeAtTime(timeMs) <= id).toBe(true);
      expect(id < snowflakeAtTime(timeMs + 1)).toBe(true);
    }),
  );
});

test("seeks to the nearest end from times that no id holds", () => {
  expect(snowflakeAtTime(Number.NEGATIVE_INFINITY)).toBe(0n);
  expect(snowflakeAtTime(snowflakeEpochMs - 1)).toBe(0n);
  expect(snowflakeAtTime(snowflakeTimeMaxMs + 1)).toBe(snowflakeMax);
  expect(snowflakeAtTime(Number.POSITIVE_INFINITY)).toBe(snowflakeMax);
  expect(snowflakeAtTime(snowflakeEpochMs + 5.9)).toBe(snowflakeAtTime(snowflakeEpochMs + 5));
  expect(() => snowflakeAtTime(Number.NaN)).toThrow(expect.objectContaining({ code: "TIME_OUT_OF_RANGE" }));
});
