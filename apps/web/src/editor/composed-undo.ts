import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type * as Y from "yjs";

/** Makes of a word that is composed one thing to undo, however long it takes. */
export function composedUndo(undoManager: Y.UndoManager): Extension {
  let lastBefore = undoManager.lastChange;
  const goOn = () => {
    if (undoManager.lastChange !== lastBefore) undoManager.lastChange = Date.now();
  };
  return EditorView.domEventObservers({
    compositionstart: () => {
      lastBefore = undoManager.lastChange;
    },
    compositionupdate: goOn,
    compositionend: goOn,
  });
}
