import { Compartment, EditorState, type Extension, StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type RefObject, useInsertionEffect, useLayoutEffect, useRef, useState } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import { equipWithSearch } from "../search/search-command";
import { afterPaint } from "../ui/after-paint";
import { editorExtensions } from "./editor-extensions";
import { readOnly } from "./read-only";

const access = new Compartment();
const configuration = new Compartment();
const mayChange: Extension = [];

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
  const allowed = mayWrite ? mayChange : readOnly;
  const latest = useRef({ allowed, configured });
  const made = useRef<{ readonly session: DocumentSession; readonly view: EditorView }>(null);
  // Before the page around it is in the document: afterwards the first that an editor asks, where the selection is, has
  // the browser lay out the page without a text.
  useInsertionEffect(() => {
    const { text, provider, replica } = session;
    const created = new EditorView({
      state: EditorState.create({
        doc: text.toString(),
        extensions: [
          // From the start, so that the first frame has the measures of all that follow.
          access.of(latest.current.allowed),
          configuration.of(latest.current.configured),
          editorExtensions({ text, awareness: provider.awareness, undoManager: replica.undoManager }),
        ],
      }),
    });
    made.current = { session, view: created };
    return () => created.destroy();
  }, [session]);
  // Before the paint: where the text is there already, the first frame shows it.
  useLayoutEffect(() => {
    if (parent.current === null || made.current?.session !== session) return;
    const created = made.current.view;
    parent.current.append(created.dom);
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
    };
  }, [parent, session]);
  useLayoutEffect(() => {
    latest.current = { allowed, configured };
    if (view === undefined) return;
    const effects = [
      ...(access.get(view.state) === allowed ? [] : [access.reconfigure(allowed)]),
      ...(configuration.get(view.state) === configured ? [] : [configuration.reconfigure(configured)]),
    ];
    if (effects.length > 0) view.dispatch({ effects });
  }, [view, allowed, configured]);
  return view;
}

/** Of others nothing is known before the first frame: what draws them is loaded behind it. */
async function showPeers(view: EditorView): Promise<void> {
  const { peerCarets } = await import("./peer-carets");
  view.dispatch({ effects: StateEffect.appendConfig.of(peerCarets()) });
}
