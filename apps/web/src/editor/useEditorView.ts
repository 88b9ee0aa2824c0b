import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import * as Y from "yjs";
import type { DocumentSession } from "../collaboration/document-session";
import { editorExtensions } from "./editor-extensions";
import { readOnly } from "./read-only";

const access = new Compartment();

/** The one editor of the page, in `parent`, for as long as the component lives. `onSaveRequest` must be stable. */
export function useEditorView(
  parent: RefObject<HTMLElement | null>,
  session: DocumentSession,
  onSaveRequest: () => void,
  mayWrite: boolean,
): EditorView | undefined {
  const [view, setView] = useState<EditorView>();
  useEffect(() => {
    if (parent.current === null) return;
    const { text, provider } = session;
    const undoManager = new Y.UndoManager(text);
    const created = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: text.toString(),
        extensions: [
          access.of([]),
          editorExtensions({ text, awareness: provider.awareness, undoManager, onSaveRequest }),
        ],
      }),
    });
    setView(created);
    // The width of a letter is measured once: again when the real face has arrived.
    void document.fonts.ready.then(() => created.requestMeasure());
    return () => {
      setView(undefined);
      created.destroy();
      undoManager.destroy();
    };
  }, [parent, session, onSaveRequest]);
  useLayoutEffect(() => {
    view?.dispatch({ effects: access.reconfigure(mayWrite ? [] : readOnly) });
  }, [view, mayWrite]);
  return view;
}
