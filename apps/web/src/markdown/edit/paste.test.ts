// @vitest-environment jsdom
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test, vi } from "vitest";
import { layOutNothing } from "../../../test/lay-out-nothing";
import { markdownPaste } from "./paste";

layOutNothing();

function open(doc: string, anchor = 0, head = doc.length): EditorView {
  const extensions = [markdownPaste()];
  return new EditorView({
    state: EditorState.create({ doc, selection: { anchor, head }, extensions }),
  });
}

function paste(view: EditorView, data: Record<string, string>): void {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  const clipboardData = { types: Object.keys(data), getData: (type: string) => data[type] ?? "" };
  view.contentDOM.dispatchEvent(Object.assign(event, { clipboardData }));
}

test("an address pasted over words makes a link of them", () => {
  const view = open("see this", 4);
  paste(view, { "text/plain": "https://example.org/a" });
  expect(view.state.doc.toString()).toBe("see [this](https://example.org/a)");
});

test("an address pasted over another takes its place", () => {
  const view = open("https://example.com");
  paste(view, { "text/plain": "https://example.org" });
  expect(view.state.doc.toString()).toBe("https://example.org");
});

test("HTML is pasted as Markdown", async () => {
  // What pasting loads first is there by then: reading it takes a busy machine longer than one would wait.
  await import("./html-to-markdown");
  const view = open("");
  paste(view, { "text/plain": "word", "text/html": "<p>a <strong>word</strong></p>" });
  // What converts it is loaded first, which takes a busy machine its time.
  await vi.waitFor(() => expect(view.state.doc.toString()).toBe("a **word**"), 20_000);
});

test("coloured code, and what was pasted plain, stays as it is", () => {
  const coloured = { "text/plain": "*a*", "text/html": '<div style="color:red"><span>*a*</span></div>' };
  const view = open("");
  paste(view, coloured);
  expect(view.state.doc.toString()).toBe("*a*");

  const plain = open("");
  plain.contentDOM.dispatchEvent(new KeyboardEvent("keydown", { key: "V", ctrlKey: true, shiftKey: true }));
  paste(plain, { "text/plain": "word", "text/html": "<p><strong>word</strong></p>" });
  expect(plain.state.doc.toString()).toBe("word");
});
