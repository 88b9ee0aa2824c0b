import type { EditorState, StateCommand } from "@codemirror/state";
import { type TaskBox, taskBoxOf } from "./task-box";

/** Ticks the tasks of the selected lines; unticks them if all are ticked. Does nothing where there is none. */
export const tickTasks: StateCommand = ({ state, dispatch }) => {
  const boxes = state.readOnly ? [] : selectedBoxes(state);
  if (boxes.length === 0) return false;
  const insert = boxes.every(({ ticked }) => ticked) ? " " : "x";
  const changes = boxes.map(({ at }) => ({ from: at, to: at + 1, insert }));
  dispatch(state.update({ changes, userEvent: "input.format", scrollIntoView: true }));
  return true;
};

function selectedBoxes({ doc, selection }: EditorState): readonly TaskBox[] {
  // Two carets may stand in one line.
  const boxes = new Map<number, TaskBox>();
  for (const { from, to } of selection.ranges) {
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      const box = taskBoxOf(line);
      if (box !== undefined) boxes.set(box.at, box);
      if (line.to >= to) break;
    }
  }
  return [...boxes.values()];
}
