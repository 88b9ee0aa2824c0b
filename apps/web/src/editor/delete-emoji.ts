import { EditorSelection, findClusterBreak } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u20e3/u;

/**
 * Deletes the emoji before the caret, whatever it is made of: joined people, skin tones and keycaps go along. Other letters are
 * left to CodeMirror, which takes their accents first.
 */
export function deleteEmojiBackward(view: EditorView): boolean {
  const { state } = view;
  if (state.readOnly || state.selection.ranges.some(({ empty, head }) => !empty || !emojiBefore(head)))
    return false;
  const spec = state.changeByRange(({ head }) => {
    const from = emojiBefore(head)?.from ?? head;
    return { changes: { from, to: head }, range: EditorSelection.cursor(from) };
  });
  view.dispatch(state.update(spec, { userEvent: "delete.backward", scrollIntoView: true }));
  return true;

  function emojiBefore(position: number): { from: number } | undefined {
    const line = state.doc.lineAt(position);
    const from = findClusterBreak(line.text, position - line.from, false);
    const cluster = line.text.slice(from, position - line.from);
    return emoji.test(cluster) ? { from: line.from + from } : undefined;
  }
}
