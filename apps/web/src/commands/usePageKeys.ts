import { type EditorView, runScopeHandlers } from "@codemirror/view";
import { useEffect } from "react";
import { pageScope } from "./key-bindings";

/** Lets the keys of the page's commands work wherever the focus is, unless they meant something there. */
export function usePageKeys(view: EditorView | undefined): void {
  useEffect(() => {
    if (view === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (runScopeHandlers(view, event, pageScope)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [view]);
}
