import { EditorSelection, EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { tickTasks } from "./tick-tasks";

function tick(doc: string, carets?: readonly number[]): string | undefined {
  const selection =
    carets === undefined
      ? EditorSelection.single(0, doc.length)
      : EditorSelection.create(carets.map((caret) => EditorSelection.cursor(caret)));
  const several = EditorState.allowMultipleSelections.of(true);
  const state = EditorState.create({ doc, selection, extensions: several });
  let ticked: string | undefined;
  tickTasks({ state, dispatch: (transaction) => (ticked = transaction.newDoc.toString()) });
  return ticked;
}

test("ticks all tasks of the selection, and unticks them where all are ticked", () => {
  const some = "# Tasks\n- [ ] one\n  1. [x] two\n> - [ ] three";
  const all = "# Tasks\n- [x] one\n  1. [x] two\n> - [x] three";
  expect(tick(some)).toBe(all);
  expect(tick(all)).toBe("# Tasks\n- [ ] one\n  1. [ ] two\n> - [ ] three");
});

test("ticks the task of a line once, however many carets are in it", () => {
  expect(tick("- [ ] one\n- [ ] two", [0, 8])).toBe("- [x] one\n- [ ] two");
});

test("leaves the key to others where there is no task", () => {
  expect(tick("- one\n[ x ]")).toBeUndefined();
});
