import { expect, test } from "vitest";
import { sparklinePath } from "./sparkline-path";

const size = { width: 90, height: 20, length: 10 };

test("goes from the lowest value to the highest, and ends at the right", () => {
  expect(sparklinePath([10, 20, 30], { ...size, fromZero: false })).toBe("M70.0 20.0L80.0 10.0L90.0 0.0");
});

test("begins at zero where that is asked for", () => {
  expect(sparklinePath([10, 20], { ...size, fromZero: true })).toBe("M80.0 10.0L90.0 0.0");
});

test("leaves a gap where there was no value", () => {
  expect(sparklinePath([1, null, 2], { ...size, fromZero: true })).toBe("M70.0 10.0M90.0 0.0");
});

test("draws what hardly changes as a line that hardly does", () => {
  expect(sparklinePath([1000, 1001], { ...size, fromZero: false })).toBe("M80.0 10.1L90.0 9.9");
});

test("draws zeros at the bottom, and nothing of nothing", () => {
  expect(sparklinePath([0, 0], { ...size, fromZero: true })).toBe("M80.0 20.0L90.0 20.0");
  expect(sparklinePath([null, null], { ...size, fromZero: true })).toBe("");
});
