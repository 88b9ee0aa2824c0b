import { EditorSelection, EditorState, type StateCommand } from "@codemirror/state";
import { expect, test } from "vitest";
import { insertLink, toggleWrap } from "./inline-format";

/** Runs `command` on a text in which `[` and `]` are the selection, or `|` the caret; answers in the same way. */
function run(command: StateCommand, marked: string): string {
  const anchor = marked.search(/[⟦|]/);
  const doc = marked.replace(/[⟦⟧|]/g, "");
  const head = marked.includes("⟧") ? marked.indexOf("⟧") - 1 : anchor;
  let state = EditorState.create({ doc, selection: EditorSelection.single(anchor, head) });
  command({ state, dispatch: (transaction) => (state = transaction.state) });
  const { from, to } = state.selection.main;
  const text = state.doc.toString();
  if (from === to) return `${text.slice(0, from)}|${text.slice(from)}`;
  return `${text.slice(0, from)}⟦${text.slice(from, to)}⟧${text.slice(to)}`;
}

test.each([
  ["a ⟦word⟧ b", "a **⟦word⟧** b"],
  ["a **⟦word⟧** b", "a ⟦word⟧ b"],
  ["a ⟦**word**⟧ b", "a ⟦word⟧ b"],
  ["a wo|rd b", "a **wo|rd** b"],
  ["a **wo|rd** b", "a wo|rd b"],
  ["a | b", "a **|** b"],
  ["a **|** b", "a | b"],
  ["*⟦word⟧*", "***⟦word⟧***"],
  ["***⟦word⟧***", "*⟦word⟧*"],
])("bold turns %j into %j", (before, after) => {
  expect(run(toggleWrap("**"), before)).toBe(after);
});

test("bold leaves the spaces at the ends of a selection outside", () => {
  expect(run(toggleWrap("**"), "a⟦ word ⟧b")).toBe("a **⟦word⟧** b");
});

test.each([
  ["**⟦word⟧**", "***⟦word⟧***"],
  ["***⟦word⟧***", "**⟦word⟧**"],
])("italic turns %j into %j", (before, after) => {
  expect(run(toggleWrap("*"), before)).toBe(after);
});

test.each([
  ["see ⟦this⟧", "see [this](⟦https://⟧)"],
  ["⟦https://example.org⟧", "[|](https://example.org)"],
])("a link turns %j into %j", (before, after) => {
  expect(run(insertLink, before)).toBe(after);
});
