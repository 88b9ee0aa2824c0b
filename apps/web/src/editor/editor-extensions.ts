import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightSpecialChars,
  keymap,
  placeholder,
} from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { strings } from "../ui/strings";
import { highlight } from "./highlight";
import { peerCarets } from "./peer-carets";
import { phrases } from "./phrases";
import { presence } from "./presence";
import { wholeCharacters } from "./whole-characters";

interface EditorOptions {
  readonly text: Y.Text;
  readonly awareness: Awareness;
  readonly undoManager: Y.UndoManager;
  /** The reader asked to save, which there is no need to. */
  readonly onSaveRequest: () => void;
}

/** All that the editor is and does, as one extension. */
export function editorExtensions({ text, awareness, undoManager, onSaveRequest }: EditorOptions): Extension {
  const answerSaveRequest = () => {
    onSaveRequest();
    return true;
  };
  return [
    oneLineBreak,
    wholeCharacters,
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    bracketMatching(),
    EditorView.lineWrapping,
    EditorState.phrases.of(phrases),
    placeholder(strings.editor.placeholder),
    search({ top: true }),
    highlight,
    keymap.of([
      { key: "Mod-s", preventDefault: true, run: answerSaveRequest },
      ...yUndoManagerKeymap,
      ...searchKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ "aria-label": strings.editor.text }),
    // Its own carets take people with one colour for one person; ours are below.
    yCollab(text, null, { undoManager }),
    peerCarets(),
    presence(awareness, text),
  ];
}

/**
 * Lines end with \n and nothing else. CodeMirror would otherwise count a \r\n that came from elsewhere as one
 * character where the shared text counts two, and every position after it would be wrong.
 */
const oneLineBreak: Extension = [
  EditorState.lineSeparator.of("\n"),
  EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
];
