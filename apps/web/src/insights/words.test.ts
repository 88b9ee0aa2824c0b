import { expect, test } from "vitest";
import { words as german } from "./words/de";
import { words as english } from "./words/en";

/** Every sentence by its path; of functions what they make of numbers. */
function sentences(entry: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof entry === "string") return [[path.join("."), entry]];
  if (typeof entry === "function") return [[path.join("."), String(entry(7, 8))]];
  return Object.entries(entry as object).flatMap(([key, value]) => sentences(value, [...path, key]));
}

/** What is the same in German on purpose. */
const same = ["unknown", "activity.steps.minute", "authors.columns.name"];

test("has the same sentences in German, with the same numbers, and leaves none in English", () => {
  const inGerman = new Map(sentences(german));
  const told = (text: string) => text.match(/\d+/g)?.sort() ?? [];
  for (const [path, text] of sentences(english)) {
    const translated = inGerman.get(path) ?? "";
    expect([path, told(translated)]).toEqual([path, told(text)]);
    expect([path, translated === text]).toEqual([path, same.includes(path)]);
    expect([path, translated]).not.toEqual([
      path,
      expect.stringMatching(/["']|\.\.\.|(?<!\u00a0)…|(?<=\d) %/),
    ]);
  }
  expect(inGerman.size).toBe(sentences(english).length);
});

test("counts one in the singular", () => {
  expect([english, german].flatMap(({ activity }) => [activity.edits(1), activity.edits(2)])).toEqual([
    "1 edit",
    "2 edits",
    "1 Änderung",
    "2 Änderungen",
  ]);
});
