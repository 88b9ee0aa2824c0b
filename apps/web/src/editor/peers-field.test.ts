import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { ySyncAnnotation } from "y-codemirror.next";
import { peersField, setPeers } from "./peers-field";

const grace = { id: "g", name: "Grace", onLight: "#1f5fd0", onDark: "#6fa8ff" };
const caret = (at: number) => ({ clientId: 7, person: grace, anchor: at, head: at });

function stateWithCaret(at: number): EditorState {
  const state = EditorState.create({ doc: "one two", extensions: peersField });
  return state.update({ effects: setPeers.of([caret(at)]) }).state;
}

test("keeps a caret in its place while one types elsewhere", () => {
  const before = stateWithCaret(4);
  const after = before.update({ changes: { from: 0, insert: "zero " } }).state;
  expect(after.field(peersField)).toEqual([{ ...caret(9), moves: 1 }]);
});

test("counts a movement when its owner types at the caret, not when we do", () => {
  const before = stateWithCaret(7);
  const change = { changes: { from: 7, insert: "!" } };
  const ours = before.update(change).state;
  expect(ours.field(peersField)).toEqual([{ ...caret(8), moves: 1 }]);
  const theirs = before.update({ ...change, annotations: ySyncAnnotation.of(null as never) }).state;
  expect(theirs.field(peersField)).toEqual([{ ...caret(8), moves: 2 }]);
});

test("counts a movement only when the place is another", () => {
  const before = stateWithCaret(4);
  const same = before.update({ effects: setPeers.of([caret(4)]) }).state;
  expect(same.field(peersField)[0]?.moves).toBe(1);
  const moved = same.update({ effects: setPeers.of([caret(5)]) }).state;
  expect(moved.field(peersField)[0]?.moves).toBe(2);
});

test("keeps a caret that claims to be beyond the end within the text, and drops who has left", () => {
  const before = stateWithCaret(1000);
  expect(before.field(peersField)[0]?.head).toBe(7);
  expect(before.update({ effects: setPeers.of([]) }).state.field(peersField)).toEqual([]);
});
