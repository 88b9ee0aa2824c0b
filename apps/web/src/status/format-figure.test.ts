// @vitest-environment jsdom
import { expect, test } from "vitest";
import { formatFigure } from "./format-figure";

test.each([
  [null, "seconds", "none"],
  [1234, "count", "1,234"],
  [0, "perSecond", "0/s"],
  [0.51, "perSecond", "0.51/s"],
  [1234.5, "perSecond", "1,230/s"],
  [0.034, "ratio", "3.4%"],
  [1.5, "ratio", "150%"],
  [0, "bytes", "0 byte"],
  [999, "bytes", "999 byte"],
  [1_530_000, "bytes", "1.53 MB"],
  [2e15, "bytes", "2,000 TB"],
  [15_300, "bytesPerSecond", "15.3 kB/s"],
  [0, "seconds", "0 ms"],
  [0.00321, "seconds", "3.2 ms"],
  [12.4, "seconds", "12 sec"],
  [600, "seconds", "10 min"],
  [90_000, "seconds", "25 hr"],
] as const)("says %s %s as %s", (value, unit, text) => {
  expect(formatFigure(value, unit)).toBe(text);
});
