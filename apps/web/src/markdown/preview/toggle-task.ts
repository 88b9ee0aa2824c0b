import type { EditorState, TransactionSpec } from "@codemirror/state";

const task = /^((?:\s|>|[-*+]\s|\d+[.)]\s)*)\[([ xX])\](?=\s|$)/;

/** Ticks the task in the line that begins at `position`, or unticks it; undefined where there is no task. */
export function toggleTask(state: EditorState, position: number): TransactionSpec | undefined {
  const line = state.doc.lineAt(position);
  const found = task.exec(line.text);
  if (found === null) return undefined;
  const from = line.from + (found[1]?.length ?? 0) + 1;
  const insert = found[2] === " " ? "x" : " ";
  return { changes: { from, to: from + 1, insert }, userEvent: "input.task" };
}
