import {
  addCursorAbove,
  addCursorBelow,
  copyLineDown,
  copyLineUp,
  cursorMatchingBracket,
  deleteLine,
  indentLess,
  indentMore,
  indentSelection,
  insertBlankLine,
  moveLineDown,
  moveLineUp,
  selectLine,
  selectParentSyntax,
  simplifySelection,
  toggleBlockComment,
  toggleComment,
  toggleTabFocusMode,
} from "@codemirror/commands";
import { foldAll, foldCode, unfoldAll, unfoldCode } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { redo, undo } from "../editor/undo";
import { searchCommand } from "../search/search-command";
import type { TextCommand } from "./command";

/** Every command of the text that has a name. The keys that move and delete as in any text field have none. */
export const textCommands: readonly TextCommand[] = [
  { id: "undo", group: "text", keys: ["Mod-z"], run: undo },
  { id: "redo", group: "text", keys: ["Mod-y", "Mod-Shift-z"], macKeys: ["Mod-Shift-z"], run: redo },
  {
    id: "complete",
    group: "text",
    keys: ["Ctrl-Space"],
    macKeys: ["Ctrl-Space", "Alt-`"],
    run: startCompletion,
  },
  { id: "toggleComment", group: "text", keys: ["Mod-/"], run: toggleComment },
  {
    id: "toggleBlockComment",
    group: "text",
    keys: ["Shift-Alt-a"],
    macKeys: ["Ctrl-Shift-a"],
    run: toggleBlockComment,
  },
  { id: "indentMore", group: "text", keys: ["Mod-]"], run: indentMore },
  { id: "indentLess", group: "text", keys: ["Mod-["], run: indentLess },
  { id: "indentSelection", group: "text", keys: ["Mod-Alt-\\"], run: indentSelection },

  { id: "moveLineUp", group: "lines", keys: ["Alt-ArrowUp"], run: moveLineUp },
  { id: "moveLineDown", group: "lines", keys: ["Alt-ArrowDown"], run: moveLineDown },
  { id: "copyLineUp", group: "lines", keys: ["Shift-Alt-ArrowUp"], run: copyLineUp },
  { id: "copyLineDown", group: "lines", keys: ["Shift-Alt-ArrowDown"], run: copyLineDown },
  { id: "deleteLine", group: "lines", keys: ["Mod-Shift-k"], run: deleteLine },
  { id: "insertBlankLine", group: "lines", keys: ["Mod-Enter"], run: insertBlankLine },
  { id: "selectLine", group: "lines", keys: ["Alt-l"], macKeys: ["Ctrl-l"], run: selectLine },

  {
    id: "selectNextOccurrence",
    group: "carets",
    keys: ["Mod-d"],
    run: searchCommand("selectNextOccurrence"),
  },
  {
    id: "selectAllOccurrences",
    group: "carets",
    keys: ["Mod-Shift-l"],
    run: searchCommand("selectSelectionMatches"),
  },
  { id: "addCursorAbove", group: "carets", keys: ["Mod-Alt-ArrowUp"], run: addCursorAbove },
  { id: "addCursorBelow", group: "carets", keys: ["Mod-Alt-ArrowDown"], run: addCursorBelow },
  // Escape, then Tab leaves the text.
  { id: "oneCursor", group: "carets", keys: ["Escape"], run: simplifySelection, yields: true },
  { id: "selectParent", group: "carets", run: selectParentSyntax },

  { id: "find", group: "search", keys: ["Mod-f"], run: searchCommand("openSearchPanel"), anywhere: true },
  { id: "findNext", group: "search", keys: ["F3", "Mod-g"], run: searchCommand("findNext"), anywhere: true },
  {
    id: "findPrevious",
    group: "search",
    keys: ["Shift-F3", "Mod-Shift-g"],
    run: searchCommand("findPrevious"),
    anywhere: true,
  },
  { id: "goToLine", group: "search", keys: ["Mod-Alt-g"], run: searchCommand("gotoLine") },
  { id: "goToBracket", group: "search", keys: ["Mod-Shift-\\"], run: cursorMatchingBracket },

  { id: "fold", group: "folding", keys: ["Ctrl-Shift-["], macKeys: ["Mod-Alt-["], run: foldCode },
  { id: "unfold", group: "folding", keys: ["Ctrl-Shift-]"], macKeys: ["Mod-Alt-]"], run: unfoldCode },
  { id: "foldAll", group: "folding", keys: ["Ctrl-Alt-["], run: foldAll },
  { id: "unfoldAll", group: "folding", keys: ["Ctrl-Alt-]"], run: unfoldAll },

  {
    id: "tabMovesFocus",
    group: "view",
    keys: ["Ctrl-m"],
    macKeys: ["Shift-Alt-m"],
    run: toggleTabFocusMode,
  },
];

/** What completes words is loaded after the text; asking for it does not hurry it. */
function startCompletion(view: EditorView): boolean {
  void import("../editor/completion").then(({ complete }) => complete(view));
  return true;
}
