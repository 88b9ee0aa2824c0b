import { type Text, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Widens an input that begins or ends within a surrogate pair to the whole character. CodeMirror compares what an input
 * method has put into the page by UTF-16 code units, so 😀 becoming 😃 is half a character to it; and Yjs, which has no
 * half characters, would put U+FFFD into the shared text while the editor goes on showing 😃.
 */
export const wholeCharacters = EditorView.inputHandler.of((view, from, to, text, insert) => {
  const { doc } = view.state;
  const start = splitsPair(doc, from) ? from - 1 : from;
  const end = splitsPair(doc, to) ? to + 1 : to;
  if (start === from && end === to) return false;
  const usual = insert();
  const userEvent = usual.annotation(Transaction.userEvent);
  view.dispatch({
    changes: { from: start, to: end, insert: doc.sliceString(start, from) + text + doc.sliceString(to, end) },
    selection: usual.newSelection,
    scrollIntoView: true,
    ...(userEvent !== undefined && { userEvent }),
  });
  return true;
});

function splitsPair(doc: Text, position: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(doc.sliceString(Math.max(0, position - 1), position + 1));
}
