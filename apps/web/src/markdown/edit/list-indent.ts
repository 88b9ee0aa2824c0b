import type { EditorState, Line, StateCommand } from "@codemirror/state";

const item = /^(\s*)([-*+]|\d+[.)])(\s+|$)/;

/** Where an item stands: the columns of its marker and of its text. */
interface Item {
  readonly indent: number;
  readonly content: number;
}

function itemOf(text: string): Item | undefined {
  const [, space = "", marker = ""] = item.exec(text) ?? [];
  return marker === "" ? undefined : { indent: space.length, content: space.length + marker.length + 1 };
}

/** Tab makes the items of the selection children of the item above, whatever the width of its marker. */
export const indentItem: StateCommand = moveItems((state, line, own) => {
  const above = previousItem(state, line, ({ indent }) => indent <= own.indent);
  return above !== undefined && above.indent === own.indent ? above.content : undefined;
});

/** Shift-Tab makes them siblings of the item they are in. */
export const dedentItem: StateCommand = moveItems(
  (state, line, own) =>
    previousItem(state, line, ({ indent }) => indent < own.indent)?.indent ??
    (own.indent > 0 ? 0 : undefined),
);

function moveItems(target: (state: EditorState, line: Line, own: Item) => number | undefined): StateCommand {
  return ({ state, dispatch }) => {
    const { from, to } = state.selection.main;
    const first = state.doc.lineAt(from);
    const own = itemOf(first.text);
    if (own === undefined || state.readOnly || state.selection.ranges.length > 1) return false;
    const by = (target(state, first, own) ?? own.indent) - own.indent;
    // Nowhere to go to is no reason to leave the list, or to put a tab into its text.
    if (by === 0) return true;
    const changes = [];
    for (let number = first.number; number <= state.doc.lines; number++) {
      const line = state.doc.line(number);
      const indent = line.text.length - line.text.trimStart().length;
      // What belongs to an item moves along.
      if (line.from > to && (line.text.trim() === "" || indent <= own.indent)) break;
      if (line.text.trim() === "") continue;
      if (by > 0) changes.push({ from: line.from, insert: " ".repeat(by) });
      else changes.push({ from: line.from, to: line.from + Math.min(indent, -by) });
    }
    dispatch(state.update({ changes, userEvent: "input.indent", scrollIntoView: true }));
    return true;
  };
}

function previousItem(state: EditorState, line: Line, fits: (item: Item) => boolean): Item | undefined {
  for (let number = line.number - 1; number > 0 && line.number - number < 500; number--) {
    const { text } = state.doc.line(number);
    const found = itemOf(text);
    if (found !== undefined && fits(found)) return found;
    // A paragraph at the margin ends the list.
    if (found === undefined && /^\S/.test(text)) return undefined;
  }
  return undefined;
}
