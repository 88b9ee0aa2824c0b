import {
  type ChangeSpec,
  EditorSelection,
  type EditorState,
  type Line,
  type StateCommand,
} from "@codemirror/state";

const quoted = /^\s*(?:>\s?)*/;
const listed = /^(\s*(?:>\s?)*)([-*+] \[[ xX]\] |[-*+] |\d+[.)] )/;

type ListKind = "bullet" | "ordered" | "task";

/** The lines of all selections, each once; blank ones only if there are no others. */
function selectedLines(state: EditorState): Line[] {
  const lines = new Map<number, Line>();
  for (const { from, to } of state.selection.ranges) {
    for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
      lines.set(line.number, line);
      if (line.to >= to) break;
    }
  }
  const all = [...lines.values()];
  const written = all.filter((line) => line.text.trim() !== "");
  return written.length > 0 ? written : all;
}

function changeLines(change: (lines: Line[]) => ChangeSpec[]): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const changes = state.changes(change(selectedLines(state)));
    // A caret at the start of a line stays before its text, not before its marker.
    const ranges = state.selection.ranges.map(({ anchor, head }) =>
      EditorSelection.range(changes.mapPos(anchor, 1), changes.mapPos(head, 1)),
    );
    const selection = EditorSelection.create(ranges, state.selection.mainIndex);
    dispatch(state.update({ changes, selection, userEvent: "input.format", scrollIntoView: true }));
    return true;
  };
}

/** Text becomes a heading, a heading the next smaller one, and one of the third level text again. */
export const cycleHeading: StateCommand = changeLines((lines) => {
  const level = /^(#{1,6})\s/.exec(lines[0]?.text ?? "")?.[1]?.length ?? 0;
  const marker = level >= 3 ? "" : `${"#".repeat(level + 1)} `;
  return lines.map((line) => {
    const old = /^#{1,6}\s+/.exec(line.text)?.[0].length ?? 0;
    return { from: line.from, to: line.from + old, insert: marker };
  });
});

/** Makes a quotation of the lines, or text again if all are quoted. */
export const toggleQuote: StateCommand = changeLines((lines) => {
  const all = lines.every((line) => line.text.startsWith(">"));
  return lines.map((line) =>
    all
      ? { from: line.from, to: line.from + (/^>\s?/.exec(line.text)?.[0].length ?? 0) }
      : { from: line.from, insert: "> " },
  );
});

/** Makes a list of the lines, changes the kind of one, or takes its markers away. */
export function toggleList(kind: ListKind): StateCommand {
  return changeLines((lines) => {
    const all = lines.every((line) => kindOf(line.text) === kind);
    return lines.map((line, index) => {
      const [, before = quoted.exec(line.text)?.[0] ?? "", marker = ""] = listed.exec(line.text) ?? [];
      const from = line.from + before.length;
      return { from, to: from + marker.length, insert: all ? "" : markerOf(kind, index) };
    });
  });
}

function kindOf(text: string): ListKind | undefined {
  const marker = listed.exec(text)?.[2];
  if (marker === undefined) return undefined;
  if (marker.includes("[")) return "task";
  return /\d/.test(marker) ? "ordered" : "bullet";
}

function markerOf(kind: ListKind, index: number): string {
  return kind === "task" ? "- [ ] " : kind === "ordered" ? `${index + 1}. ` : "- ";
}

/** Fences the selected lines as code; longer fences than any inside. */
export const insertCodeBlock: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const { from, to } = state.selection.main;
  const [first, last] = [state.doc.lineAt(from), state.doc.lineAt(to)];
  const inside = state.sliceDoc(first.from, last.to);
  const longest = Math.max(2, ...[...inside.matchAll(/^\s*(`{3,})/gm)].map(([, run]) => run?.length ?? 0));
  const fence = "`".repeat(longest + 1);
  const changes = [
    { from: first.from, insert: `${fence}\n` },
    { from: last.to, insert: `\n${fence}` },
  ];
  // Where the language is named.
  const selection = { anchor: first.from + fence.length };
  dispatch(state.update({ changes, selection, userEvent: "input.format", scrollIntoView: true }));
  return true;
};

const table = "| Column | Column |\n| ------ | ------ |\n|        |        |";

/** Puts an empty table below the caret's line, its first heading selected. */
export const insertTable: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const line = state.doc.lineAt(state.selection.main.head);
  const before = line.text.trim() === "" ? "" : "\n\n";
  const after =
    line.number < state.doc.lines && state.doc.line(line.number + 1).text.trim() !== "" ? "\n" : "";
  const start = line.to + before.length + 2;
  const selection = { anchor: start, head: start + "Column".length };
  const changes = { from: line.to, insert: `${before}${table}${after}` };
  dispatch(state.update({ changes, selection, userEvent: "input.format", scrollIntoView: true }));
  return true;
};
