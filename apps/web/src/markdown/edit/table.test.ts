// @vitest-environment jsdom
import { EditorState, type StateCommand } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { layOutNothing } from "../../../test/lay-out-nothing";
import { alignTable, tableAt } from "./table";
import { alignOnLeave, nextCell, previousCell } from "./table-commands";

layOutNothing();

function aligned(doc: string): string {
  const state = EditorState.create({ doc });
  const table = tableAt(state, 0);
  return table === undefined
    ? "no table"
    : state.update({ changes: alignTable(state, table) }).newDoc.toString();
}

function press(
  command: StateCommand,
  doc: string,
  caret: number,
): { doc: string; selected: string; head: number } {
  let state = EditorState.create({ doc, selection: { anchor: caret } });
  command({ state, dispatch: (transaction) => (state = transaction.state) });
  const { from, to, head } = state.selection.main;
  return { doc: state.doc.toString(), selected: state.sliceDoc(from, to), head };
}

test("aligns columns as their dashes say", () => {
  expect(aligned("|a|b|c|\n|-|-:|:-:|\n|long|2|x|\n|`a\\|b`||日本|")).toBe(
    "| a      |   b |  c   |\n| ------ | --: | :--: |\n| long   |   2 |  x   |\n| `a\\|b` |     | 日本 |",
  );
});

test("changes nothing in a table that is aligned", () => {
  const table = "| a   | b   |\n| --- | --- |\n| 1   | 2   |";
  expect(aligned(table)).toBe(table);
});

test("takes no line with a pipe for a table", () => {
  expect(aligned("a | b\nc | d")).toBe("no table");
});

test("Tab goes from cell to cell, over the dashes, and past the last one to a new row", () => {
  const table = "| a   | b   |\n| --- | --- |\n| 1   | 2   |";
  expect(press(nextCell, table, 2).selected).toBe("b");
  expect(press(nextCell, table, 8).selected).toBe("1");
  const last = press(nextCell, table, table.indexOf("2"));
  expect(last.doc).toBe(`${table}\n|     |     |`);
  expect(last.head).toBe(table.length + 3);
  expect(press(previousCell, table, table.indexOf("1")).selected).toBe("b");
});

test("a table is aligned when the caret leaves it, if it was edited here", async () => {
  const doc = "| a | b |\n|---|---|\n\ntext";
  const view = new EditorView({ state: EditorState.create({ doc, extensions: alignOnLeave() }) });
  const leave = async () => {
    view.dispatch({ selection: { anchor: view.state.doc.length } });
    await Promise.resolve();
    return view.state.doc.toString();
  };
  view.dispatch({ selection: { anchor: 3 } });
  expect(await leave()).toBe(doc);
  view.dispatch({
    changes: { from: 3, insert: "bc def" },
    selection: { anchor: 9 },
    userEvent: "input.type",
  });
  expect(await leave()).toBe("| abc def | b   |\n| ------- | --- |\n\ntext");
});
