import type { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import type { DocumentSession } from "../collaboration/document-session";
import { moveReplica } from "../collaboration/document-visit";
import type { DraftMover } from "../collaboration/draft-mover";
import { useDeviceStore } from "../ui/useDeviceStore";

/** Where one was writing when a draft got its place on the server. */
interface Moved {
  readonly caret: number | undefined;
}

/** Goes on with a document that was begun on this device as one of the server's, once that can be reached. */
export function useDraft(session: DocumentSession, view: EditorView | undefined): void {
  const store = useDeviceStore();
  const [, navigate] = useLocation();
  const latestView = useRef(view);
  useEffect(() => {
    latestView.current = view;
  });
  useEffect(() => {
    if (!session.isDraft) return;
    let mover: DraftMover | undefined;
    let left = false;
    import("../together/together").then(
      ({ DraftMover }) => {
        if (left) return;
        mover = new DraftMover(session, store, (id) => {
          const caret = latestView.current?.state.selection.main.head;
          moveReplica(session.replica, id);
          navigate(`/d/${id}`, { replace: true, state: { caret } satisfies Moved });
        });
      },
      () => undefined,
    );
    return () => {
      left = true;
      mover?.destroy();
    };
  }, [session, store, navigate]);
  const caret = useHistoryState<Moved | null>()?.caret;
  useEffect(() => {
    if (view === undefined || caret === undefined) return;
    view.dispatch({ selection: { anchor: Math.min(caret, view.state.doc.length) }, scrollIntoView: true });
  }, [view, caret]);
}
