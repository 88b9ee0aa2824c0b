import {
  type ChangeSpec,
  EditorSelection,
  type EditorState,
  type SelectionRange,
  type StateCommand,
} from "@codemirror/state";

/** Wraps the selections, or the words at the carets, in `marker`; unwraps what is wrapped already. */
export function toggleWrap(marker: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const spec = state.changeByRange((range) => toggleRange(state, range, marker));
    dispatch(state.update(spec, { userEvent: "input.format", scrollIntoView: true }));
    return true;
  };
}

function toggleRange(
  state: EditorState,
  range: SelectionRange,
  marker: string,
): { range: SelectionRange; changes: ChangeSpec[] } {
  const { from, to } = wordAround(state, range);
  const width = marker.length;
  const text = state.sliceDoc(from, to);
  // A caret stays where it is in its word; a selection loses the spaces at its ends.
  const kept = (by: number) =>
    range.empty ? EditorSelection.cursor(range.head + by) : EditorSelection.range(from + by, to + by);
  const stands = (at: number, step: 1 | -1) => isMarker(runOf(state, at, step, marker), marker);
  if (stands(from, -1) && stands(to, 1)) {
    const changes = [
      { from: from - width, to: from },
      { from: to, to: to + width },
    ];
    return { changes, range: kept(-width) };
  }
  if (text.length > 2 * width && stands(from, 1) && stands(to, -1)) {
    const changes = [
      { from, to: from + width },
      { from: to - width, to },
    ];
    return { changes, range: EditorSelection.range(from, to - 2 * width) };
  }
  const changes = [
    { from, insert: marker },
    { from: to, insert: marker },
  ];
  return { changes, range: kept(width) };
}

/** How often the marker's character is repeated from `at` on, to the right or to the left. */
function runOf(state: EditorState, at: number, step: 1 | -1, marker: string): number {
  let run = 0;
  while (run < 4 && state.sliceDoc(...sides(at + step * run, step)) === marker[0]) run++;
  return run;
}

function sides(at: number, step: 1 | -1): [number, number] {
  return step === 1 ? [at, at + 1] : [Math.max(0, at - 1), at];
}

/** The `*` of `**` is no marker of its own; three stars are both. */
function isMarker(run: number, marker: string): boolean {
  return run === marker.length || (marker[0] === "*" && run === 3);
}

/** The range without the spaces at its ends, which no marker may stand beside; for a caret the word it is in. */
function wordAround(state: EditorState, range: SelectionRange): { from: number; to: number } {
  if (range.empty) return state.wordAt(range.head) ?? range;
  const text = state.sliceDoc(range.from, range.to);
  if (text.trim() === "") return range;
  return {
    from: range.from + text.length - text.trimStart().length,
    to: range.to - (text.length - text.trimEnd().length),
  };
}

const address = /^(?:https?:\/\/|mailto:)\S+$/i;

/** Whether `text` is an address and nothing else. */
export function isAddress(text: string): boolean {
  return address.test(text);
}

/** Makes a link of each selection; what is missing, the address or the text, is where the caret goes. */
export const insertLink: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const spec = state.changeByRange((range) => {
    const text = state.sliceDoc(range.from, range.to).trim();
    const insert = isAddress(text) ? `[](${text})` : `[${text}](https://)`;
    const start = range.from + (isAddress(text) ? 1 : text.length + 3);
    const end = isAddress(text) ? start : start + "https://".length;
    return { changes: { from: range.from, to: range.to, insert }, range: EditorSelection.range(start, end) };
  });
  dispatch(state.update(spec, { userEvent: "input.format", scrollIntoView: true }));
  return true;
};
