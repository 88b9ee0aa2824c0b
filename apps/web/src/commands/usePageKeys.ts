import { type EditorView, runScopeHandlers } from "@codemirror/view";
import { useEffect } from "react";
import { pageScope } from "./key-bindings";
import { undoCapsLock } from "./undo-caps-lock";

/** Lets the keys of the page's commands work wherever the focus is, unless they meant something there. */
export function usePageKeys(view: EditorView | undefined): void {
  useEffect(() => {
    if (view === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (runScopeHandlers(view, event, pageScope)) event.preventDefault();
    };
    // On the way down: before the text, its panels and this page read it.
    window.addEventListener("keydown", undoCapsLock, { capture: true });
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", undoCapsLock, { capture: true });
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [view]);
}
