import { expect, test } from "vitest";
import { flagPlace } from "./flag-place";

const caret = { top: 100, height: 20 };

test("is above the caret, where it covers the end of what was read before", () => {
  expect(flagPlace(caret, undefined)).toBe("above");
  expect(flagPlace(caret, 310)).toBe("above");
  expect(flagPlace(caret, 110)).toBe("above");
});

test("is below where one is typing in the line above, or where there is no line above", () => {
  expect(flagPlace(caret, 90)).toBe("below");
  expect(flagPlace({ top: 0, height: 20 }, undefined)).toBe("below");
});

test("is in its own line where one is typing in the only other line that it could cover", () => {
  expect(flagPlace({ top: 0, height: 20 }, 30)).toBe("beside");
  expect(flagPlace(caret, 130)).toBe("above");
});
