import { expect, test } from "vitest";
import type { SnippetPart } from "../api/document-summary";
import { containsWords, markTitle, searchLocally } from "./local-search";

const summary = (title: string, snippet?: readonly SnippetPart[]) => ({ title, snippet });

test("finds all words anywhere, whatever their case and accents", () => {
  expect(containsWords("Évora in spring", "SPR evo")).toBe(true);
  expect(containsWords("Évora in spring", "spring autumn")).toBe(false);
});

test("gives titles first, then what is shown of texts, and nothing that may not match any more", () => {
  const known = [
    summary("Minutes", [
      { text: "the ", match: false },
      { text: "budget", match: true },
    ]),
    summary("Budget"),
    summary("Recipes", [{ text: "budg", match: true }]),
  ];
  expect(searchLocally(known, "budget").map(({ title }) => title)).toEqual(["Budget", "Minutes"]);
});

test.each([
  ["Shopping list", "sho LI", ["*Sho", "pping ", "*li", "st"]],
  ["C++ (and more)", "c++ (", ["*C++", " ", "*(", "and more)"]],
  ["100 $ \\ /", "$ \\ /", ["100 ", "*$", " ", "*\\", " ", "*/"]],
  ["Plain", "", ["Plain"]],
])("marks in %j what %j matches", (title, query, parts) => {
  expect(markTitle(title, query).map(({ text, match }) => `${match ? "*" : ""}${text}`)).toEqual(parts);
});
