import type { EditorView } from "@codemirror/view";
import type { strings } from "../ui/strings";

/** Where a command stands in the palette and the sheet of shortcuts. */
export const commandGroups = [
  "document",
  "text",
  "markdown",
  "lines",
  "carets",
  "search",
  "folding",
  "view",
] as const;

interface CommandFacts {
  /** Its title is `strings.commands.titles[id]`. */
  readonly id: keyof typeof strings.commands.titles;
  readonly group: (typeof commandGroups)[number];
  /** In CodeMirror's notation, the one to be shown first. */
  readonly keys?: readonly string[];
  /** In place of `keys` where Cmd and Option are. */
  readonly macKeys?: readonly string[];
}

/** What is done to the text. */
export interface TextCommand extends CommandFacts {
  /** Whether it could do anything: if not, the key may mean something else. */
  readonly run: (view: EditorView) => boolean;
  /** Whether its keys keep their other meaning where it has nothing to do. */
  readonly yields?: boolean;
  /** Whether its keys work wherever the focus is. */
  readonly anywhere?: boolean;
}

/** What is done to the page or the document as a whole. Its keys work wherever the focus is. */
export interface PageCommand extends CommandFacts {
  readonly run: () => void;
}
