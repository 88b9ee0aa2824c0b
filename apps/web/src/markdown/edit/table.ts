import type { ChangeSpec, EditorState, Line } from "@codemirror/state";

/** A cell: all between two pipes, and the text in it without the spaces around. */
export interface Cell {
  readonly from: number;
  readonly to: number;
  readonly textFrom: number;
  readonly textTo: number;
}

type Alignment = "none" | "left" | "center" | "right";

/** A table of a document. */
export interface Table {
  readonly from: number;
  readonly to: number;
  /** Of the heading and the body; without the row of dashes. */
  readonly rows: readonly (readonly Cell[])[];
  readonly delimiter: readonly Cell[];
  readonly alignments: readonly Alignment[];
}

const delimiterCell = /^:?-+:?$/;
/** A table with more rows is left as it is: aligning it would be a large edit for everybody. */
const rowsMax = 500;

/** The table around `position`, if there is one. */
export function tableAt(state: EditorState, position: number): Table | undefined {
  const { doc } = state;
  const here = doc.lineAt(position);
  if (!here.text.includes("|")) return undefined;
  const isRow = (number: number) => number >= 1 && number <= doc.lines && doc.line(number).text.includes("|");
  let first = here.number;
  let last = here.number;
  while (isRow(first - 1) && here.number - first < rowsMax) first--;
  while (isRow(last + 1) && last - first < rowsMax) last++;
  const lines = Array.from({ length: last - first + 1 }, (_, index) => doc.line(first + index));
  // What stands above the heading is text that happens to hold a pipe.
  const second = lines.findIndex((line, index) => index > 0 && isDelimiter(state, line));
  const delimiterLine = lines[second];
  if (delimiterLine === undefined || here.number < first + second - 1 || lines.length > rowsMax)
    return undefined;
  const own = lines.slice(second - 1);
  const delimiter = cellsOf(delimiterLine);
  return {
    from: own[0]?.from ?? 0,
    to: own.at(-1)?.to ?? 0,
    rows: own.filter((line) => line !== delimiterLine).map(cellsOf),
    delimiter,
    alignments: delimiter.map((cell) => alignmentOf(state.sliceDoc(cell.textFrom, cell.textTo))),
  };
}

function isDelimiter(state: EditorState, line: Line): boolean {
  const cells = cellsOf(line);
  return (
    cells.length > 0 &&
    cells.every(({ textFrom, textTo }) => delimiterCell.test(state.sliceDoc(textFrom, textTo)))
  );
}

function cellsOf(line: Line): Cell[] {
  const { text } = line;
  const pipes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === "|") pipes.push(index);
  }
  const starts = text.trimStart().startsWith("|") ? pipes : [-1, ...pipes];
  const last = pipes.at(-1) ?? -1;
  const bounds = text.slice(last + 1).trim() === "" ? starts : [...starts, text.length];
  return bounds.slice(0, -1).map((pipe, index) => {
    const [from, to] = [pipe + 1, bounds[index + 1] ?? text.length];
    const inside = text.slice(from, to);
    const trimmed = inside.trim();
    // The caret of an empty cell goes where its text would be.
    const lead = trimmed === "" ? Math.min(1, inside.length) : inside.length - inside.trimStart().length;
    const textFrom = line.from + from + lead;
    return { from: line.from + from, to: line.from + to, textFrom, textTo: textFrom + trimmed.length };
  });
}

function alignmentOf(dashes: string): Alignment {
  const [left, right] = [dashes.startsWith(":"), dashes.endsWith(":")];
  return left && right ? "center" : right ? "right" : left ? "left" : "none";
}

/** How wide each column is once the table is aligned, without the spaces at its sides. */
export function columnWidths(state: EditorState, { rows, alignments }: Table): readonly number[] {
  const width = (cell: Cell | undefined) => cell && widthOf(state.sliceDoc(cell.textFrom, cell.textTo));
  return alignments.map((_, column) => Math.max(3, ...rows.map((row) => width(row[column]) ?? 0)));
}

/** The edits that align a table's columns: only the spaces and dashes, never the words that others may be changing. */
export function alignTable(state: EditorState, table: Table): ChangeSpec[] {
  const { rows, delimiter, alignments } = table;
  const text = (cell: Cell) => state.sliceDoc(cell.textFrom, cell.textTo);
  const widths = columnWidths(state, table);
  const changes: ChangeSpec[] = [];
  const replace = (from: number, to: number, insert: string) => {
    if (state.sliceDoc(from, to) !== insert) changes.push({ from, to, insert });
  };
  for (const row of rows) {
    row.forEach((cell, column) => {
      const room = Math.max(0, (widths[column] ?? 0) - widthOf(text(cell)));
      const alignment = alignments[column] ?? "none";
      const left = alignment === "right" ? room : alignment === "center" ? room >> 1 : 0;
      replace(cell.from, cell.textFrom, " ".repeat(1 + left));
      replace(cell.textTo, cell.to, " ".repeat(1 + room - left));
    });
  }
  delimiter.forEach((cell, column) => {
    const alignment = alignments[column] ?? "none";
    const colons = [
      alignment === "left" || alignment === "center",
      alignment === "right" || alignment === "center",
    ];
    const dashes = "-".repeat((widths[column] ?? 3) - colons.filter(Boolean).length);
    replace(cell.from, cell.to, ` ${colons[0] ? ":" : ""}${dashes}${colons[1] ? ":" : ""} `);
  });
  return changes;
}

const segmenter = new Intl.Segmenter();
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** How many columns `text` takes in a monospaced face. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}
