import { EditorState, type StateCommand } from "@codemirror/state";
import { expect, test } from "vitest";
import { cycleHeading, insertCodeBlock, insertTable, toggleList, toggleQuote } from "./line-format";
import { dedentItem, indentItem } from "./list-indent";

function run(command: StateCommand, doc: string, from = 0, to = doc.length): string {
  let state = EditorState.create({ doc, selection: { anchor: from, head: to } });
  command({ state, dispatch: (transaction) => (state = transaction.state) });
  return state.doc.toString();
}

test("a heading goes from text over three levels to text again", () => {
  const steps = ["a"];
  for (let step = 0; step < 4; step++) steps.push(run(cycleHeading, steps.at(-1) ?? ""));
  expect(steps).toEqual(["a", "# a", "## a", "### a", "a"]);
});

test("a list is made, changes its kind, and goes again", () => {
  expect(run(toggleList("bullet"), "a\n\nb")).toBe("- a\n\n- b");
  expect(run(toggleList("ordered"), "- a\n- b")).toBe("1. a\n2. b");
  expect(run(toggleList("task"), "1. a\n2. b")).toBe("- [ ] a\n- [ ] b");
  expect(run(toggleList("task"), "- [ ] a\n  - [x] b")).toBe("a\n  b");
  expect(run(toggleList("bullet"), "> a")).toBe("> - a");
});

test("a quotation is made and goes again", () => {
  expect(run(toggleQuote, "a\nb")).toBe("> a\n> b");
  expect(run(toggleQuote, "> a\n>b")).toBe("a\nb");
});

test("code is fenced by more than it holds", () => {
  expect(run(insertCodeBlock, "a")).toBe("```\na\n```");
  expect(run(insertCodeBlock, "```\na\n```")).toBe("````\n```\na\n```\n````");
});

test("a table stands apart from the text above", () => {
  expect(run(insertTable, "words")).toMatch(/^words\n\n\| Column \| Column \|\n/);
});

test("nothing is changed in a text that may only be read", () => {
  const state = EditorState.create({ doc: "a", extensions: EditorState.readOnly.of(true) });
  for (const command of [cycleHeading, toggleQuote, toggleList("task"), insertCodeBlock, insertTable])
    expect(command({ state, dispatch: () => expect.unreachable() })).toBe(false);
});

test("Tab makes an item the child of the one above, as deep as that one's marker is wide, with its own children", () => {
  expect(run(indentItem, "1. a\n2. b\n   - c\n3. d", 5, 5)).toBe("1. a\n   2. b\n      - c\n3. d");
  expect(run(indentItem, "- a\n- b", 4, 4)).toBe("- a\n  - b");
  expect(run(indentItem, "- a\n  - b", 6, 6)).toBe("- a\n  - b");
});

test("Shift-Tab brings it back", () => {
  expect(run(dedentItem, "1. a\n   2. b\n      - c", 8, 8)).toBe("1. a\n2. b\n   - c");
  expect(run(dedentItem, "- a", 0, 0)).toBe("- a");
});
