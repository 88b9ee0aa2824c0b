import { expect, test } from "vitest";
import { mayBeSlow } from "./pattern-kind";
import { runPattern } from "./run-pattern";

test.each([
  ["a+", "aa\nba"],
  ["x*", "yyy"],
  ["b\\sa", "ab\nab"],
  ["a$", "a".repeat(5000)],
])("comes to an end where CodeMirror does: %s", (pattern, text) => {
  runPattern({ pattern, caseSensitive: true, text });
});

test.each([
  ["foo", false],
  ["[abc]\\d\\b", false],
  ["a+", true],
  ["(ab)*", true],
  ["a{2,}", true],
  ["a?", true],
])("tells that %s may be slow: %s", (pattern, slow) => {
  expect(mayBeSlow(pattern)).toBe(slow);
});
