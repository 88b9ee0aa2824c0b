import { Compartment, StateEffect } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { useEffect } from "react";
import FormatToolbar from "./FormatToolbar";
import { markdownTools } from "./markdown-tools";

/** Keys, pasting and tables for as long as it is shown, and the toolbar. Loaded apart from the editor. */
export default function MarkdownTools({ view }: { readonly view: EditorView }) {
  useEffect(() => {
    const slot = new Compartment();
    view.dispatch({ effects: StateEffect.appendConfig.of(slot.of(markdownTools())) });
    return () => view.dispatch({ effects: slot.reconfigure([]) });
  }, [view]);
  return <FormatToolbar view={view} />;
}
