import { expect, test } from "vitest";
import { words as german } from "./words/de";
import { words as english } from "./words/en";

/** Every sentence by its path; of functions what they make of a number and names. */
function sentences(entry: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof entry === "string") return [[path.join("."), entry]];
  if (typeof entry === "function") return [[path.join("."), String(entry(7, 8, 9))]];
  return Object.entries(entry as object).flatMap(([key, value]) => sentences(value, [...path, key]));
}

test("has the same sentences in German, none of them in English, with the same numbers", () => {
  const inGerman = new Map(sentences(german));
  const told = (text: string) => text.match(/\d+/g)?.sort() ?? [];
  for (const [path, text] of sentences(english)) {
    const translated = inGerman.get(path) ?? "missing";
    expect([path, told(translated)]).toEqual([path, told(text)]);
    if (text !== "") expect([path, translated]).not.toEqual([path, text]);
    expect([path, translated]).not.toEqual([
      path,
      expect.stringMatching(/["']|\.\.\.|(?<!\u00a0)…|(?<=\d) %/),
    ]);
  }
  expect(inGerman.size).toBe(sentences(english).length);
});
