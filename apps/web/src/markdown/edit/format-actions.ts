import type { StateCommand } from "@codemirror/state";
import { insertLink, toggleWrap } from "./inline-format";
import { cycleHeading, insertCodeBlock, insertTable, toggleList, toggleQuote } from "./line-format";

/** What can be done to Markdown, for toolbar, keys and whoever lists commands. */
export interface FormatAction {
  readonly id: keyof typeof import("../../ui/strings").strings.markdown.actions;
  /** In CodeMirror's notation. */
  readonly key?: string;
  readonly run: StateCommand;
}

export const formatActions: readonly FormatAction[] = [
  { id: "bold", key: "Mod-b", run: toggleWrap("**") },
  { id: "italic", key: "Mod-i", run: toggleWrap("*") },
  { id: "strike", key: "Mod-Shift-x", run: toggleWrap("~~") },
  { id: "code", key: "Mod-e", run: toggleWrap("`") },
  { id: "link", key: "Mod-Alt-k", run: insertLink },
  { id: "heading", key: "Mod-Shift-h", run: cycleHeading },
  { id: "bullets", key: "Mod-Shift-8", run: toggleList("bullet") },
  { id: "numbers", key: "Mod-Shift-7", run: toggleList("ordered") },
  { id: "tasks", key: "Mod-Shift-9", run: toggleList("task") },
  { id: "quote", run: toggleQuote },
  { id: "table", run: insertTable },
  { id: "codeBlock", run: insertCodeBlock },
];
