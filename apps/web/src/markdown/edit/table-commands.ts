import { type EditorState, type Extension, type StateCommand, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";
import { alignTable, columnWidths, type Table, tableAt } from "./table";

/** Tab goes to the next cell of a table, and after the last one to a new row; what is left behind is aligned. */
export const nextCell: StateCommand = goToCell(1);

/** Shift-Tab goes to the cell before. */
export const previousCell: StateCommand = goToCell(-1);

function goToCell(step: 1 | -1): StateCommand {
  return ({ state, dispatch }) => {
    const { head } = state.selection.main;
    const table = state.selection.ranges.length === 1 ? tableAt(state, head) : undefined;
    if (table === undefined || state.readOnly) return false;
    const cells = table.rows.flat();
    const current = cells.findIndex(({ from, to }) => from <= head && head <= to);
    const next = (current === -1 ? (step === 1 ? -1 : 1) : current) + step;
    const isNew = next >= cells.length;
    const aligned = state.update({
      changes: [alignTable(state, table), isNew ? { from: table.to, insert: emptyRow(state, table) } : []],
      userEvent: "input.table",
    });
    // Alignment moves the cells, but not their number.
    const moved = tableAt(aligned.state, aligned.changes.mapPos(table.from, -1))?.rows.flat() ?? [];
    const cell = moved[Math.max(0, next)];
    if (cell === undefined) return false;
    dispatch(
      state.update({
        changes: aligned.changes,
        selection: { anchor: cell.textFrom, head: cell.textTo },
        userEvent: "input.table",
        scrollIntoView: true,
      }),
    );
    return true;
  };
}

function emptyRow(state: EditorState, table: Table): string {
  const cells = columnWidths(state, table).map((width) => " ".repeat(width + 2));
  return `\n|${cells.join("|")}|`;
}

/** Aligns a table once the caret has left it, if it was edited here. */
export function alignOnLeave(): Extension {
  let edited: { position: number } | undefined;
  return EditorView.updateListener.of(({ state, view, transactions, changes, selectionSet, docChanged }) => {
    if (edited !== undefined) edited.position = changes.mapPos(edited.position);
    const own = transactions.some(
      (transaction) =>
        transaction.docChanged &&
        transaction.annotation(ySyncAnnotation) === undefined &&
        transaction.annotation(Transaction.userEvent)?.startsWith("input") === true,
    );
    if (own && tableAt(state, state.selection.main.head)) edited = { position: state.selection.main.head };
    if (edited === undefined || !(selectionSet || docChanged)) return;
    const left = tableAt(state, edited.position);
    const { head } = state.selection.main;
    if (left !== undefined && left.from <= head && head <= left.to) return;
    edited = undefined;
    // Not within an update; and by then the table may have changed.
    if (left !== undefined) queueMicrotask(() => align(view, view.state, left.from));
  });
}

function align(view: EditorView, state: EditorState, position: number): void {
  const table = state.readOnly || position > state.doc.length ? undefined : tableAt(state, position);
  const changes = table === undefined ? [] : alignTable(state, table);
  if (changes.length > 0) view.dispatch({ changes, userEvent: "input.table" });
}
