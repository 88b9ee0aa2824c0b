import { expect, test } from "vitest";
import { catalogue as german } from "./de";
import { catalogue as english } from "./en";

/** What is the same in German on purpose. */
const same = [
  "commands.groups.markdown",
  "commands.groups.text",
  "commands.titles.code",
  "commands.titles.link",
  "direction",
  "documents.times.edited",
  "import.button",
  "import.name",
  "keys.escape",
  "markdown.exportFailed.name",
  "markdown.formats.html",
  "markdown.formats.markdown",
  "markdown.views.text",
  "people.overflow",
  "product",
  "settings.keySets.emacs",
  "settings.keySets.standard",
  "settings.keySets.vim",
  "status.offline",
];

/** What every function of the catalogues can be called with: a number that has all members that any of them reads. */
const facts = Object.assign(Object(7), {
  ...{ done: 2, failed: 3, cancelled: 4, total: 5, current: 6, more: true },
  ...{ name: "Ada", from: 8, to: 9, tabs: false, width: 10 },
});

/** Every sentence by its path; of functions what they make of `facts`. */
function sentences(entry: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof entry === "string") return new Map([[path.join("."), entry]]);
  if (typeof entry === "function") return new Map([[path.join("."), String(entry(facts, facts))]]);
  const inside = Object.entries(entry as object).flatMap(([key, value]) => [
    ...sentences(value, [...path, key]),
  ]);
  return new Map(inside);
}

const inEnglish = sentences(english);
const inGerman = sentences(german);

test("has words in German where there are words in English", () => {
  const isEmpty = (all: Map<string, string>) =>
    [...all].filter(([, text]) => text === "").map(([key]) => key);
  expect(isEmpty(inGerman).sort()).toEqual(isEmpty(inEnglish).sort());
});

test("leaves nothing in English by oversight", () => {
  const alike = [...inGerman].filter(
    ([key, text]) => text !== "" && text === inEnglish.get(key) && !/^documents\.keys\.\d\.keys$/.test(key),
  );
  expect(alike.map(([key]) => key).sort()).toEqual(same);
});

test("tells the same names and numbers", () => {
  const told = (text: string) => text.match(/Ada|\d+/g)?.sort() ?? [];
  for (const [key, text] of inGerman) {
    expect([key, told(text)]).toEqual([key, told(inEnglish.get(key) ?? "")]);
  }
});

test("has German punctuation", () => {
  for (const [key, text] of inGerman) {
    expect([key, text]).not.toEqual([
      key,
      expect.stringMatching(/["']|\.\.\.|(?<!\u00a0)…|”|(?<!„[^“]*)“|„[^“]*$/),
    ]);
  }
});
