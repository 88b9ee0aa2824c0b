import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { editorExtensions } from "./editor-extensions";

test.each(["a\r\nb", "a\rb", "a\n\r\nb\r\n"])("counts positions in %j as the shared text does", (content) => {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, content);
  const awareness = new Awareness(doc);
  const undoManager = new Y.UndoManager(text);
  const extensions = editorExtensions({ text, awareness, undoManager });
  const state = EditorState.create({ doc: text.toString(), extensions });
  expect(state.doc.length).toBe(text.length);
  expect(state.update({ changes: { from: 1, insert: content } }).newDoc.toString()).toHaveLength(
    2 * text.length,
  );
  awareness.destroy();
  undoManager.destroy();
});
