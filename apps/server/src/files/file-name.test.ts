import fc from "fast-check";
import { expect, test } from "vitest";
import { FileNames } from "./file-name";

test.each([
  ["Minutes", "Markdown", "Minutes.md"],
  ["Minutes", null, "Minutes.md"],
  ["Todo", "Plain Text", "Todo.txt"],
  ["main.py", "Python", "main.py"],
  ["main.py", null, "main.py"],
  ["Version 2.0", "Markdown", "Version 2.0.md"],
  ["what", "Some language of 2040", "what.txt"],
  ["", "Markdown", "Untitled.md"],
  ["../../etc/passwd", null, "-..-etc-passwd.md"],
  ['a/b\\c:d*e?f"g<h>i|j', null, "a-b-c-d-e-f-g-h-i-j.md"],
  ["line\nbreak\u0000", null, "line break.md"],
  ["\u202Etxt.exe", "Plain Text", "txt.exe.txt"],
  ["con", "Plain Text", "con_.txt"],
  [". hidden .", null, "hidden.md"],
  ["index", "JSON", "index_.json"],
])("the title %j in %s becomes the file %j", (title, language, expected) => {
  expect(new FileNames().nameOf(title, language)).toBe(expected);
});

test("names that differ only in case or in how accents are written get numbers", () => {
  const names = new FileNames();
  const titles = ["Café", "café", "Cafe\u0301", "Café (2)"];
  expect(titles.map((title) => names.nameOf(title, null))).toEqual([
    "Café.md",
    "café (2).md",
    "Café (3).md",
    "Café (2) (2).md",
  ]);
});

test("whatever the titles are, names are unique, short enough, and stay in their directory", () => {
  const titles = fc.array(
    fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom("a", "A", "..", "a (2)")),
  );
  fc.assert(
    fc.property(titles, (titles) => {
      const names = new FileNames();
      const all = titles.map((title) => names.nameOf(title, "Markdown"));
      expect(new Set(all.map((name) => name.normalize("NFC").toLowerCase())).size).toBe(all.length);
      for (const name of all) {
        expect(name).toMatch(/^[^./\\\0][^/\\\0]*\.md$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }
    }),
  );
});
