import { afterEach, expect, test } from "vitest";
import { speak } from "../ui/strings";
import { catalogue as german } from "../ui/strings/de";
import { catalogue as english } from "../ui/strings/en";
import {
  formatBegin,
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  formatShortCount,
  formatTick,
} from "./format";

afterEach(() => speak(english));

test("writes numbers as the language of the interface does", () => {
  expect([formatCount(1_234_567), formatQuantity(2.25), formatQuantity(61.4)]).toEqual([
    "1,234,567",
    "2.3",
    "61",
  ]);
  speak(german);
  expect([formatCount(1_234_567), formatQuantity(2.25)]).toEqual(["1.234.567", "2,3"]);
});

test("shortens a count only where it is long", () => {
  expect([0, 9999, 10_000, 259_778, -45_678, 12_345_678].map(formatShortCount)).toEqual([
    "0",
    "9,999",
    "10K",
    "260K",
    "-45.7K",
    "12.3M",
  ]);
});

test("writes bytes in the unit that leaves up to three digits", () => {
  expect([0, 1, 999, 1000, 12_345, 999_499, 999_500, 289_000_000, 2.5e12, 4e15].map(formatBytes)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 kB",
    "12.3 kB",
    "999 kB",
    "1 MB",
    "289 MB",
    "2.5 TB",
    "4,000 TB",
  ]);
  speak(german);
  expect(formatBytes(12_345)).toBe("12,3 kB");
});

test("writes durations in milliseconds, then in seconds", () => {
  expect([0, 0.42, 1.25, 17.6, 123.4, 994, 995, 1240, 61_000].map(formatDuration)).toEqual([
    "0 ms",
    "0.42 ms",
    "1.3 ms",
    "18 ms",
    "123 ms",
    "994 ms",
    "1 sec",
    "1.2 sec",
    "61 sec",
  ]);
});

test("names a day as the server counts it, wherever the reader is", () => {
  const midnight = Date.UTC(2026, 2, 1);
  expect(formatBegin("day", midnight)).toBe("Sun, Mar 1");
  expect(formatTick("day", midnight, 86_400)).toBe("Mar 1");
});

test("marks the time axis by the clock, and by the date where it spans days", () => {
  const ms = new Date(2026, 10, 21, 14, 30).getTime();
  expect(formatTick("minute", ms, 600)).toMatch(/^2:30.PM$/);
  expect(formatTick("hour", ms, 86_400)).toBe("Nov 21");
});
