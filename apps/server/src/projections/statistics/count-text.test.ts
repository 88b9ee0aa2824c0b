import { expect, test } from "vitest";
import { countText } from "./count-text";

test.each([
  ["", 0, 0, 1],
  ["One, two-three don't\n", 20 + 1, 3, 2],
  ["  spaced\t\tout  \n\n", 17, 2, 3],
  ["— … !", 5, 0, 1],
  ["3.14 is π", 9, 3, 1],
  ["😀 smile 👩‍👩‍👧", 13, 1, 1],
  ["春はあけぼの", 6, 6, 1],
  ["v2の話", 4, 3, 1],
  ["שלום עולם", 9, 2, 1],
  ["a\u00a0b\u2028c", 5, 3, 1],
  ["\ud83d broken", 8, 1, 1],
])("counts characters, words and lines of %j", (text, characters, words, lines) => {
  expect(countText(text)).toEqual({ characters, words, lines });
});

test("is fast for a large text", () => {
  const text = "Wörter and 漢字 in a line.\n".repeat(200_000);
  const begun = performance.now();
  expect(countText(text).lines).toBe(200_001);
  expect(performance.now() - begun).toBeLessThan(2000);
});
