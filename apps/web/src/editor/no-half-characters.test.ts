import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { noHalfCharacters } from "./no-half-characters";

const [high, low] = ["\ud83d", "\ude00"];

function edited(doc: string, changes: { from: number; to?: number; insert?: string }): string {
  const state = EditorState.create({ doc, extensions: noHalfCharacters });
  return state.update({ changes }).newDoc.toString();
}

test.each([
  ["an insertion between the halves", "a😀b", { from: 2, insert: "x" }, "a\ufffdx\ufffdb"],
  ["the first half being deleted", "a😀b", { from: 1, to: 2 }, "a\ufffdb"],
  ["the second half being deleted", "😀😀", { from: 1, to: 2 }, "\ufffd😀"],
  ["the first half being deleted behind another pair", "😀😀", { from: 2, to: 3 }, "😀\ufffd"],
  ["a half being inserted", "😀😀", { from: 2, insert: high }, "😀\ufffd😀"],
  ["halves in the wrong order being inserted", "ab", { from: 1, insert: low + high }, "a\ufffd\ufffdb"],
])("leaves no half character after %s", (_what, doc, changes, text) => {
  expect(edited(doc, changes)).toBe(text);
});

test.each([
  ["beside a pair", "😀", { from: 2, insert: "😀" }, "😀😀"],
  ["before a pair", "a😀", { from: 0, to: 1, insert: "👩‍👩‍👧" }, "👩‍👩‍👧😀"],
  ["that take a pair away", "a😀b", { from: 1, to: 3 }, "ab"],
  ["that put the halves together", "ab", { from: 0, to: 2, insert: high + low }, "😀"],
])("leaves edits alone %s", (_where, doc, changes, text) => {
  expect(edited(doc, changes)).toBe(text);
});
