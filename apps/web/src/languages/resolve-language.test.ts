import { expect, test } from "vitest";
import { guessFromContent } from "./guess-language";
import { findLanguage, languages } from "./languages";
import { isProse, markdown } from "./prose";
import { resolveLanguage } from "./resolve-language";

const nothing = { chosen: undefined, initial: undefined, title: "", guess: undefined };

test("prefers the choice to the initial language, that to the title, and the title to the content", () => {
  const facts = { chosen: "Rust", initial: "ruby", title: "a.py", guess: "Shell" };
  expect(resolveLanguage(facts).name).toBe("Rust");
  expect(resolveLanguage({ ...facts, chosen: undefined }).name).toBe("Ruby");
  expect(resolveLanguage({ ...facts, chosen: undefined, initial: undefined }).name).toBe("Python");
  expect(resolveLanguage({ ...nothing, guess: "Shell" }).name).toBe("Shell");
  expect(resolveLanguage(nothing)).toBe(markdown);
});

test("passes over a language that nobody knows", () => {
  expect(resolveLanguage({ ...nothing, chosen: "Klingon", initial: "GO" }).name).toBe("Go");
  expect(resolveLanguage({ ...nothing, chosen: "constructor" })).toBe(markdown);
});

test.each([
  ["README.MD", "Markdown"],
  ["notes.txt", "Plain Text"],
  ["server.ts", "TypeScript"],
  ["Dockerfile", "Dockerfile"],
  ["Letter to Dr. Who", "Markdown"],
  ["Version 2.1", "Markdown"],
  ["Plans for next week", "Markdown"],
])("takes a document with the title %j for %s", (title, language) => {
  expect(resolveLanguage({ ...nothing, title }).name).toBe(language);
});

test("knows every language that it guesses", () => {
  const heads = ["#!bun", "#!fish", "#!groovy", "#!julia", "#!lua", "#!pwsh", "#!Rscript", "#!tclsh"];
  for (const head of heads) {
    const guessed = guessFromContent(head);
    expect(guessed && findLanguage(guessed)?.name, head).toBe(guessed);
  }
});

test("has each language once, and two for prose", () => {
  const names = languages.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(100);
  expect(languages.filter(isProse).map(({ name }) => name)).toEqual(["Markdown", "Plain Text"]);
});
