import { type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { textKeymap } from "../../commands/key-bindings";
import { dedentItem, indentItem } from "./list-indent";
import { markdownCommands } from "./markdown-commands";
import { markdownPaste } from "./paste";
import { alignOnLeave, nextCell, previousCell } from "./table-commands";

/** What the editor can do in a Markdown document beyond other texts. */
export function markdownTools(): Extension {
  return [
    Prec.high(
      keymap.of([
        ...textKeymap(markdownCommands),
        { key: "Tab", run: nextCell, shift: previousCell },
        { key: "Tab", run: indentItem, shift: dedentItem },
      ]),
    ),
    alignOnLeave(),
    markdownPaste(),
  ];
}
