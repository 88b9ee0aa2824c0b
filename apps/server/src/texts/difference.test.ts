import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, type Hunk } from "./difference";

function apply(before: string, hunks: readonly Hunk[]): string {
  let text = "";
  let at = 0;
  for (const { from, deleted, inserted } of hunks) {
    text += before.slice(at, from) + inserted;
    at = from + deleted;
  }
  return text + before.slice(at);
}

/** Texts of few different pieces, so that much of two of them is the same; with pairs that share a half. */
const text = fc
  .array(fc.constantFrom("a", "ab", " ", "\n", "line\n", "\u{1f600}", "\u{1f601}", "\u{10600}", "漢", "é"), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(""));

test("makes the one text out of the other, and cuts no surrogate pair", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const hunks = differenceOf(before, after);
      expect(apply(before, hunks)).toBe(after);
      for (const { from, deleted, inserted } of hunks) {
        const parts = [before.slice(0, from), before.slice(from, from + deleted), inserted];
        for (const part of parts) expect(part).not.toMatch(/\p{Cs}/u);
        expect(deleted + inserted.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each<[string, string, string, Hunk[]]>([
  ["nothing", "same\n", "same\n", []],
  ["a letter", "one colour\n", "one color\n", [{ from: 8, deleted: 1, inserted: "" }]],
  [
    "words far apart in a line",
    "The quick brown fox jumps\n",
    "The slow brown dog jumps\n",
    [
      { from: 4, deleted: 5, inserted: "slow" },
      { from: 16, deleted: 3, inserted: "dog" },
    ],
  ],
  [
    "a line and a word",
    "first\nsecond\nthird\nfourth\n",
    "second\nthird\nfourth, and last\n",
    [
      { from: 0, deleted: 6, inserted: "" },
      { from: 25, deleted: 0, inserted: ", and last" },
    ],
  ],
  [
    "an emoji that shares a half",
    "a\u{1f600}b",
    "a\u{1f601}b",
    [{ from: 1, deleted: 2, inserted: "\u{1f601}" }],
  ],
  [
    "a sign of a writing without spaces",
    "漢字を書く",
    "漢字を読む",
    [{ from: 3, deleted: 2, inserted: "読む" }],
  ],
])("finds %s", (_what, before, after, hunks) => {
  expect(differenceOf(before, after)).toEqual(hunks);
});

test.each([
  ["lines that all differ", (n: number) => `${n * 7919}\n`],
  ["one line", (n: number) => `${(n * 7919) % 10} `],
])("comes to an end with large texts of %s", (_what, piece) => {
  const of = (offset: number) => Array.from({ length: 200_000 }, (_, n) => piece(n + offset)).join("");
  const [before, after] = [`x${of(0)}y`, `z${of(100_003)}w`];
  expect(apply(before, differenceOf(before, after))).toBe(after);
});

test("finds changes all over a large text, and leaves the rest alone", () => {
  const lines = Array.from(
    { length: 50_000 },
    (_, n) => `${n} some words of a line that is like the others\n`,
  );
  const changed = lines.map((line, n) => (n % 10 === 3 ? line.replace("words", "other words") : line));
  const [before, after] = [lines.join(""), changed.join("")];
  const hunks = differenceOf(before, after);
  expect(apply(before, hunks)).toBe(after);
  expect(hunks).toHaveLength(5000);
  expect(hunks.every(({ deleted, inserted }) => deleted === 0 && inserted.length === 6)).toBe(true);
});
