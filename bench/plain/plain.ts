import { markdown } from "@codemirror/lang-markdown";
import { basicSetup, EditorView } from "codemirror";

/** CodeMirror as its documentation starts it, on the text at `/text`: what our editor is measured against. */
const response = await fetch("/text");
new EditorView({
  doc: await response.text(),
  extensions: [basicSetup, markdown(), EditorView.lineWrapping],
  parent: document.body,
});
