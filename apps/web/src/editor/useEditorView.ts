import { Compartment, EditorState, type Extension, StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import { equipWithSearch } from "../search/search-command";
import { afterPaint } from "../ui/after-paint";
import { editorExtensions } from "./editor-extensions";
import { readOnly } from "./read-only";

const access = new Compartment();
const configuration = new Compartment();

/**
 * The one editor of the page, in `parent`, for as long as the component lives. `configured`,
 * which may change, must be the same object as long as it means the same.
 */
export function useEditorView(
  parent: RefObject<HTMLElement | null>,
  session: DocumentSession,
  mayWrite: boolean,
  configured: Extension,
): EditorView | undefined {
  const [view, setView] = useState<EditorView>();
  const latest = useRef(configured);
  // Before the paint: where the text is there already, the first frame shows it.
  useLayoutEffect(() => {
    if (parent.current === null) return;
    const { text, provider } = session;
    const { undoManager } = session.replica;
    const created = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: text.toString(),
        extensions: [
          access.of([]),
          // From the start, so that the first paint has the measures of all that follow.
          configuration.of(latest.current),
          editorExtensions({ text, awareness: provider.awareness, undoManager }),
        ],
      }),
    });
    setView(created);
    const callOff = afterPaint(() => {
      void equipWithSearch(created).catch(() => undefined);
      void showPeers(created).catch(() => undefined);
    });
    // The width of a letter is measured once: again when the real face has arrived.
    void document.fonts.ready.then(() => created.requestMeasure());
    return () => {
      callOff();
      setView(undefined);
      created.destroy();
    };
  }, [parent, session]);
  useLayoutEffect(() => {
    view?.dispatch({ effects: access.reconfigure(mayWrite ? [] : readOnly) });
  }, [view, mayWrite]);
  useLayoutEffect(() => {
    latest.current = configured;
    if (view !== undefined && configuration.get(view.state) !== configured) {
      view.dispatch({ effects: configuration.reconfigure(configured) });
    }
  }, [view, configured]);
  return view;
}

/** Of others nothing is known before the first frame: what draws them is loaded behind it. */
async function showPeers(view: EditorView): Promise<void> {
  const { peerCarets } = await import("./peer-carets");
  view.dispatch({ effects: StateEffect.appendConfig.of(peerCarets()) });
}
