import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

const refuse = () => true;

/**
 * A text that can be read, selected and searched, but not changed. CodeMirror sees to what it does itself; undoing is
 * the shared text's business, and has to be kept from it.
 */
export const readOnly: Extension = [
  EditorState.readOnly.of(true),
  Prec.highest([
    keymap.of(["Mod-z", "Mod-y", "Mod-Shift-z"].map((key) => ({ key, preventDefault: true, run: refuse }))),
    EditorView.domEventHandlers({
      beforeinput: ({ inputType }) => inputType === "historyUndo" || inputType === "historyRedo",
    }),
  ]),
];
