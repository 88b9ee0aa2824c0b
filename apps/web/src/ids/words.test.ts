// @vitest-environment jsdom
import { explain } from "@scriptorium/ids";
import { expect, test } from "vitest";
import { schemeKey } from "./schemes";
import { words as german } from "./words/de";
import { words as english } from "./words/en";

const uuidOf = (version: string) => `919108f7-52d1-${version}320-9bac-f847db4148a8`;
const everyKind = [
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "325000000000000000",
  "V1StGXR8_Z5jdHi6B-myT",
  ...[..."012345678"].map(uuidOf),
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "919108f7-52d1-4320-1bac-f847db4148a8",
].flatMap((id) => explain(id));

test("has words for every scheme and every field that an ID can have", () => {
  expect(everyKind).toHaveLength(15);
  for (const words of [english, german]) {
    for (const explanation of everyKind) {
      expect(Object.keys(words.schemes)).toContain(schemeKey(explanation));
      for (const { name } of explanation.fields) expect(Object.keys(words.fields)).toContain(name);
    }
  }
});

test("has no field that no ID has", () => {
  const used = new Set(everyKind.flatMap(({ fields }) => fields.map(({ name }) => name)));
  expect(Object.keys(english.fields).filter((name) => !used.has(name))).toEqual([]);
});

/** Every sentence by its path; of functions what they make of a number and names. */
function sentences(entry: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof entry === "string") return [[path.join("."), entry]];
  if (typeof entry === "function") return [[path.join("."), String(entry(7, 8, 9))]];
  return Object.entries(entry as object).flatMap(([key, value]) => sentences(value, [...path, key]));
}

/** What is the same in German on purpose: names, and numbers. */
const same = /^(schemes\..*\.name|explain\.bitRange|compare\.throughput\.randomUUID|ours\.rows\.\d\.scheme)$/;

test("has the same sentences in German, none of them in English, with the same numbers", () => {
  const inGerman = new Map(sentences(german));
  const told = (text: string) => text.match(/\d+/g)?.sort() ?? [];
  for (const [path, text] of sentences(english)) {
    const translated = inGerman.get(path) ?? "";
    expect([path, told(translated)]).toEqual([path, told(text)]);
    if (!same.test(path)) expect([path, translated]).not.toEqual([path, text]);
    expect([path, translated]).not.toEqual([
      path,
      expect.stringMatching(/["']|\.\.\.|(?<!\u00a0)…|(?<=\d) %/),
    ]);
  }
  expect(inGerman.size).toBe(sentences(english).length);
});
