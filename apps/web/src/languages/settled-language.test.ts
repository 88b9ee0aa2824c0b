import { expect, test } from "vitest";
import { languages } from "./languages";
import { resolveLanguage } from "./resolve-language";
import { settledLanguage } from "./settled-language";

const titles = [
  "",
  " ",
  "notes.md",
  "Notes.MARKDOWN ",
  ".md",
  "a letter",
  "Minutes of Monday",
  "Dockerfile",
  "a Dockerfile",
  "CMakeLists.txt",
  "notes.txt",
  "my script.py",
  "Letter to Dr. Who",
  "Version 2.1",
  "nginx my.conf",
];
const names = [undefined, "Klingon", "", "markdown", ...languages.map(({ name }) => name)];

test("is the language that the list tells, wherever it is settled without", () => {
  for (const chosen of names)
    for (const initial of [undefined, "Rust", "Plain Text"])
      for (const title of titles)
        for (const guess of [undefined, "Shell"]) {
          const facts = { chosen, initial, title, guess };
          const settled = settledLanguage(facts);
          if (settled !== undefined) expect(settled, JSON.stringify(facts)).toBe(resolveLanguage(facts));
        }
});

test("is settled for prose, and left open for what may be a file's name", () => {
  const nothing = { chosen: undefined, initial: undefined, guess: undefined };
  const names = (title: string) => settledLanguage({ ...nothing, title })?.name;
  expect(["", "notes.md", "Minutes of Monday"].map(names)).toEqual(["Markdown", "Markdown", "Markdown"]);
  expect(["Dockerfile", "a.py", "Version 2.1"].map(names)).toEqual([undefined, undefined, undefined]);
  expect(settledLanguage({ ...nothing, title: "", chosen: "Plain Text" })?.name).toBe("Plain Text");
});
