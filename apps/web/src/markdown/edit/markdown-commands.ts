import type { TextCommand } from "../../commands/command";
import { insertLink, toggleWrap } from "./inline-format";
import { cycleHeading, insertCodeBlock, insertTable, toggleList, toggleQuote } from "./line-format";
import { tickTasks } from "./tick-tasks";

/** What can be done to Markdown: for keys, palette and sheet of shortcuts, and most of it in the toolbar. */
export const markdownCommands = [
  { id: "bold", group: "markdown", keys: ["Mod-b"], run: toggleWrap("**") },
  { id: "italic", group: "markdown", keys: ["Mod-i"], run: toggleWrap("*") },
  { id: "strike", group: "markdown", keys: ["Mod-Shift-x"], run: toggleWrap("~~") },
  { id: "code", group: "markdown", keys: ["Mod-e"], run: toggleWrap("`") },
  { id: "link", group: "markdown", keys: ["Mod-Alt-k"], run: insertLink },
  { id: "heading", group: "markdown", keys: ["Mod-Shift-h"], run: cycleHeading },
  { id: "bullets", group: "markdown", keys: ["Mod-Shift-8"], run: toggleList("bullet") },
  { id: "numbers", group: "markdown", keys: ["Mod-Shift-7"], run: toggleList("ordered") },
  { id: "tasks", group: "markdown", keys: ["Mod-Shift-9"], run: toggleList("task") },
  { id: "tickTasks", group: "markdown", run: tickTasks },
  { id: "quote", group: "markdown", run: toggleQuote },
  { id: "table", group: "markdown", run: insertTable },
  { id: "codeBlock", group: "markdown", run: insertCodeBlock },
] as const satisfies readonly TextCommand[];
