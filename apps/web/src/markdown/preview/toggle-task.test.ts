import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { toggleTask } from "./toggle-task";

function toggled(doc: string): string | undefined {
  const state = EditorState.create({ doc });
  const change = toggleTask(state, 0);
  return change && state.update(change).newDoc.toString();
}

test.each([
  ["- [ ] a", "- [x] a"],
  ["* [x] a", "* [ ] a"],
  ["  1. [X] a [ ]", "  1. [ ] a [ ]"],
  ["> - [ ] a", "> - [x] a"],
  ["- [ ]", "- [x]"],
])("%j becomes %j, and nothing else changes", (before, after) => {
  expect(toggled(before)).toBe(after);
});

test.each(["a [ ] b", "- [ ]a", "- a", ""])("leaves %j alone, which is no task", (line) => {
  expect(toggled(line)).toBeUndefined();
});
