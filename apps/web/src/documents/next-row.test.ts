import { expect, test } from "vitest";
import { nextRow } from "./next-row";

test("moves by one and stops at the ends", () => {
  expect(nextRow("ArrowDown", 0, 3)).toBe(1);
  expect(nextRow("ArrowDown", 2, 3)).toBe(2);
  expect(nextRow("ArrowUp", 0, 3)).toBe(0);
  expect(nextRow("End", 0, 3)).toBe(2);
  expect(nextRow("Home", 2, 3)).toBe(0);
});

test("leaves all other keys alone", () => {
  expect(nextRow("Enter", 1, 3)).toBeUndefined();
});
