import { type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { formatActions } from "./format-actions";
import { dedentItem, indentItem } from "./list-indent";
import { markdownPaste } from "./paste";
import { alignOnLeave, nextCell, previousCell } from "./table-commands";

/** What the editor can do in a Markdown document beyond other texts. */
export function markdownTools(): Extension {
  return [
    Prec.high(
      keymap.of([
        ...formatActions.flatMap(({ key, run }) =>
          key === undefined ? [] : [{ key, run, preventDefault: true }],
        ),
        { key: "Tab", run: nextCell, shift: previousCell },
        { key: "Tab", run: indentItem, shift: dedentItem },
      ]),
    ),
    alignOnLeave(),
    markdownPaste(),
  ];
}
