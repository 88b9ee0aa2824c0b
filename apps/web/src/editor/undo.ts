import type { EditorView } from "@codemirror/view";
import { yUndoManagerKeymap } from "y-codemirror.next";

/** Takes back the last that this person did to the text, whatever others have done since. */
export const undo = sharedCommand("Mod-z");
export const redo = sharedCommand("Mod-y");

/** y-codemirror.next hands its two commands out as key bindings only. They pass over whether one may write. */
function sharedCommand(key: string): (view: EditorView) => boolean {
  const run = yUndoManagerKeymap.find((binding) => binding.key === key)?.run;
  if (run === undefined) throw new Error(`y-codemirror.next does not bind ${key}`);
  return (view) => view.state.readOnly || run(view);
}
