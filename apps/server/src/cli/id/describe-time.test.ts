import { expect, test } from "vitest";
import { relativeTo } from "./describe-time";

const noon = Date.UTC(2026, 5, 1, 12);

test.each([
  [0, "now"],
  [-999, "now"],
  [-1000, "1 second ago"],
  [59_999, "in 59 seconds"],
  [-3_600_000, "1 hour ago"],
  [-47 * 3_600_000, "1 day ago"],
  [-40 * 86_400_000, "1 month ago"],
  [366 * 86_400_000, "in 1 year"],
])("a time %d ms from now is %j", (ms, words) => {
  expect(relativeTo(noon, noon + ms)).toBe(words);
});
