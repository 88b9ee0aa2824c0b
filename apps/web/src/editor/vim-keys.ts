import { type Extension, Prec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { CodeMirror, vim } from "@replit/codemirror-vim";
import { redo, undo } from "./undo";

/** Vim's keys, with the undo of this person's own edits. */
export function vimKeys(): Extension {
  // Vim's own undo is that of CodeMirror's history, which a shared text does not have.
  CodeMirror.commands.undo = ({ cm6 }: CodeMirror) => leaveCaret(cm6, undo);
  CodeMirror.commands.redo = ({ cm6 }: CodeMirror) => leaveCaret(cm6, redo);
  return Prec.high(vim({ status: true }));
}

/** What comes back is selected, which would begin Vim's visual mode. */
function leaveCaret(view: EditorView, command: (view: EditorView) => boolean): void {
  command(view);
  view.dispatch({ selection: { anchor: view.state.selection.main.from } });
}
