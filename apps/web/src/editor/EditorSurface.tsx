import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import { useEditorView } from "./useEditorView";

interface EditorSurfaceProps {
  readonly session: DocumentSession;
  readonly mayWrite: boolean;
  /** What the document's language and the settings make of the editor. */
  readonly configuration: Extension;
  /** Whether the text takes the focus as soon as it is there. */
  readonly autoFocus: boolean;
  /** Stable. Told of the editor once it is there, and of undefined when it goes. */
  readonly onView: (view: EditorView | undefined) => void;
}

/** The text. */
export function EditorSurface({ session, mayWrite, configuration, autoFocus, onView }: EditorSurfaceProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useEditorView(parent, session, mayWrite, configuration);
  useEffect(() => {
    onView(view);
    return () => onView(undefined);
  }, [view, onView]);
  useEffect(() => {
    if (autoFocus) view?.focus();
  }, [view, autoFocus]);
  return <div ref={parent} className="absolute inset-0 isolate" />;
}
