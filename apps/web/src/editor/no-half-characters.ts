import { EditorState, type Text, type TransactionSpec } from "@codemirror/state";

const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const startsWithLow = /^[\udc00-\udfff]/;
const endsWithHigh = /[\ud800-\udbff]$/;

/**
 * Shows half a surrogate pair as U+FFFD. That is what Yjs makes of the halves when somebody's edit goes between them, as
 * clients other than this editor may do; it tells of the edit alone, and the editor would keep halves that nobody else
 * has. Nor does a half come in by pasting.
 */
export const noHalfCharacters = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged) return transaction;
  const changes: { from: number; to: number; insert: string }[] = [];
  transaction.changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    for (const from of halvesIn(transaction.newDoc, fromB, toB))
      if (changes.at(-1)?.from !== from) changes.push({ from, to: from + 1, insert: "\ufffd" });
  });
  const mended: TransactionSpec = { changes, sequential: true };
  return changes.length === 0 ? transaction : [transaction, mended];
});

/** Where halves stand in what was changed, and right beside it. */
function halvesIn(doc: Text, from: number, to: number): readonly number[] {
  const start = Math.max(0, from - 1);
  const text = doc.sliceString(start, Math.min(to + 1, doc.length));
  // Cut off from the other half by the slice alone.
  const first = from > 0 && startsWithLow.test(text) ? 1 : 0;
  const end = to < doc.length && endsWithHigh.test(text) ? text.length - 1 : text.length;
  return [...text.matchAll(halves)]
    .map(({ index }) => index)
    .filter((index) => index >= first && index < end)
    .map((index) => start + index);
}
