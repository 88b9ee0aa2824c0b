import { closeSearchPanel, highlightSelectionMatches, search } from "@codemirror/search";
import { type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { SearchPanel } from "./search-panel";

export {
  findNext,
  findPrevious,
  gotoLine,
  openSearchPanel,
  selectNextOccurrence,
  selectSelectionMatches,
} from "@codemirror/search";

/** Finding and replacing, and where else the selected words stand. */
export const searching: Extension = [
  highlightSelectionMatches({ minSelectionLength: 2 }),
  search({ top: true, createPanel: (view) => new SearchPanel(view) }),
  // Before the key means anything else.
  Prec.high(keymap.of([{ key: "Escape", run: closeSearchPanel, scope: "editor search-panel" }])),
];
