import { expect, test } from "vitest";
import { matchBegin, matchEnd, readSnippet } from "./snippet";

const marked = (text: string) => text.replaceAll("[", matchBegin).replaceAll("]", matchEnd);

test("tells matches from what is around them, on one line", () => {
  expect(readSnippet(marked("  a\n\n[rose] is\ta [rose]\n"))).toEqual([
    { text: "a ", match: false },
    { text: "rose", match: true },
    { text: " is a ", match: false },
    { text: "rose", match: true },
    { text: " ", match: false },
  ]);
});

test("has no parts where nothing matches", () => {
  expect(readSnippet("a text's beginning")).toEqual([]);
});

test("shortens words that are as long as a text, and cuts no character in half", () => {
  const long = `x${"😀".repeat(5000)}`;
  const parts = readSnippet(marked(`${long} [${long}] ${long}`));
  expect(parts.map(({ match }) => match)).toEqual([false, true, false]);
  for (const { text } of parts) {
    expect(text.length).toBeLessThan(125);
    expect(text).not.toMatch(/\p{Surrogate}/u);
  }
  expect(parts[0]?.text.startsWith("…")).toBe(true);
});

test("shows nothing of what parts the characters of scripts without spaces", () => {
  expect(readSnippet(marked("東\u200b[京\u200b都]"))).toEqual([
    { text: "東", match: false },
    { text: "京都", match: true },
  ]);
});
