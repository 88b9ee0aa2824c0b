import { EditorSelection, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { isAddress } from "./inline-format";

/** What says more than its words do. Editors of code paste coloured spans: those are words. */
const meaningful =
  /<(?:h[1-6]|p|ul|ol|li|table|blockquote|pre|code|strong|b|em|i|del|s|img|hr)[\s>/]|<a\s[^>]*href/i;

/**
 * Pastes HTML as Markdown, and an address over a selection as a link. Mod-Shift-V, for which browsers hand over the
 * plain text alone, pastes just that.
 */
export function markdownPaste(): Extension {
  let isPlain = false;
  return EditorView.domEventHandlers({
    keydown: (event) => {
      if (event.key.toLowerCase() === "v" && (event.ctrlKey || event.metaKey)) isPlain = event.shiftKey;
    },
    paste: (event, view) => {
      const plain = isPlain;
      isPlain = false;
      const data = event.clipboardData;
      if (data === null || view.state.readOnly || plain) return false;
      const text = data.getData("text/plain");
      if (isAddress(text.trim()) && linkSelections(view, text.trim())) return true;
      const html = data.getData("text/html");
      const isCode = data.types.includes("vscode-editor-data");
      if (html === "" || isCode || !meaningful.test(html)) return false;
      event.preventDefault();
      void pasteHtml(view, html, text);
      return true;
    },
  });
}

function linkSelections(view: EditorView, address: string): boolean {
  const { state } = view;
  const texts = state.selection.ranges.map(({ from, to }) => state.sliceDoc(from, to));
  if (texts.some((text) => text.trim() === "" || text.includes("\n") || isAddress(text.trim()))) return false;
  const spec = state.changeByRange(({ from, to }) => {
    const insert = `[${state.sliceDoc(from, to)}](${address})`;
    return { changes: { from, to, insert }, range: EditorSelection.cursor(from + insert.length) };
  });
  view.dispatch(state.update(spec, { userEvent: "input.paste", scrollIntoView: true }));
  return true;
}

async function pasteHtml(view: EditorView, html: string, text: string): Promise<void> {
  let markdown: string;
  try {
    const { htmlToMarkdown } = await import("./html-to-markdown");
    markdown = htmlToMarkdown(html);
  } catch {
    // Without a network the converter may be missing: the words are there all the same.
    markdown = text;
  }
  if (view.state.readOnly) return;
  view.dispatch(view.state.replaceSelection(markdown.replace(/\r\n?/g, "\n")), {
    userEvent: "input.paste",
    scrollIntoView: true,
  });
}
