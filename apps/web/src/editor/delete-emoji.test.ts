// @vitest-environment jsdom
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { deleteEmojiBackward } from "./delete-emoji";

function deletedBefore(doc: string): string | undefined {
  const view = new EditorView({ doc, selection: { anchor: doc.length } });
  const left = deleteEmojiBackward(view) ? view.state.doc.toString() : undefined;
  view.destroy();
  return left;
}

test.each(["😀", "👍🏽", "👩🏽‍🚀", "👩‍👩‍👧‍👦", "🇺🇳", "1️⃣", "❤️"])(
  "deletes %s whole, and nothing else",
  (emoji) => {
    expect(deletedBefore(`a${emoji}`)).toBe("a");
    expect(deletedBefore(`${emoji}${emoji}`)).toBe(emoji);
  },
);

test.each(["", "a", "e\u0301", "1", "#", "中", "\n"])("leaves %j to others", (text) => {
  expect(deletedBefore(`😀${text}`)).toBe(text === "" ? "" : undefined);
});
