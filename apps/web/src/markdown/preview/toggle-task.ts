import type { EditorState, TransactionSpec } from "@codemirror/state";
import { taskBoxOf } from "../edit/task-box";

/** Ticks the task in the line that begins at `position`, or unticks it; undefined where there is no task. */
export function toggleTask(state: EditorState, position: number): TransactionSpec | undefined {
  const box = taskBoxOf(state.doc.lineAt(position));
  if (box === undefined) return undefined;
  const insert = box.ticked ? " " : "x";
  return { changes: { from: box.at, to: box.at + 1, insert }, userEvent: "input.task" };
}
