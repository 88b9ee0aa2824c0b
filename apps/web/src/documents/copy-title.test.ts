import { expect, test } from "vitest";
import { copyTitle } from "./copy-title";

test.each([
  ["Plan", "Plan (copy)"],
  ["main.ts", "main (copy).ts"],
  ["Version 2.1", "Version 2.1 (copy)"],
  ["", "Untitled (copy)"],
  ["Plan (copy)", "Plan (copy) (copy)"],
])("calls the duplicate of %j %j", (title, copy) => {
  expect(copyTitle(title)).toBe(copy);
});

test("keeps to the length that titles may have, in whole characters", () => {
  expect(copyTitle("x".repeat(200))).toHaveLength(200);
  const cut = copyTitle(`${"x".repeat(192)}😀😀😀😀`);
  expect(cut.length).toBeLessThanOrEqual(200);
  expect(cut).not.toMatch(/\p{Surrogate}/u);
});
