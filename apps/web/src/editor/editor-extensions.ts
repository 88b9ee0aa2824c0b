import { indentWithTab, standardKeymap } from "@codemirror/commands";
import { bracketMatching, codeFolding, indentOnInput } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightSpecialChars,
  keymap,
  placeholder,
  rectangularSelection,
} from "@codemirror/view";
import { yCollab } from "y-codemirror.next";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { textKeymap } from "../commands/key-bindings";
import { textCommands } from "../commands/text-commands";
import { isMac } from "../ui/is-mac";
import { strings } from "../ui/strings";
import { composedUndo } from "./composed-undo";
import { composedWord } from "./composed-word";
import { deleteEmojiBackward } from "./delete-emoji";
import { highlight } from "./highlight";
import { noHalfCharacters } from "./no-half-characters";
import { peersField } from "./peers-field";
import { presence } from "./presence";
import { wholeCharacters } from "./whole-characters";

interface EditorOptions {
  readonly text: Y.Text;
  readonly awareness: Awareness;
  readonly undoManager: Y.UndoManager;
}

/** All that the editor is and does in its first frame, as one extension. */
export function editorExtensions({ text, awareness, undoManager }: EditorOptions): Extension {
  return [
    oneLineBreak,
    wholeCharacters,
    noHalfCharacters,
    composedWord(() => awareness.getStates().size > 1),
    composedUndo(undoManager),
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    manyCarets,
    bracketMatching(),
    indentOnInput(),
    codeFolding(),
    EditorState.phrases.of(strings.phrases),
    placeholder(strings.editor.placeholder),
    highlight,
    keymap.of([
      ...textKeymap(textCommands),
      { key: "Backspace", run: deleteEmojiBackward },
      ...standardKeymap,
      indentWithTab,
    ]),
    // What can be edited has the focus anyway; with a tabindex every checker of accessibility knows, too.
    EditorView.contentAttributes.of({ "aria-label": strings.editor.text, tabindex: "0" }),
    // Its own carets take people with one colour for one person; ours are drawn by `peerCarets`.
    yCollab(text, null, { undoManager }),
    peersField,
    presence(awareness, text),
  ];
}

/** By Ctrl, Cmd or Alt with a click; a rectangle by Alt and dragging. */
const manyCarets: Extension = [
  EditorState.allowMultipleSelections.of(true),
  EditorView.clickAddsSelectionRange.of((event) => event.altKey || (isMac() ? event.metaKey : event.ctrlKey)),
  rectangularSelection(),
  crosshairCursor(),
];

/**
 * Lines end with \n and nothing else. CodeMirror would otherwise count a \r\n that came from elsewhere as one
 * character where the shared text counts two, and every position after it would be wrong.
 */
const oneLineBreak: Extension = [
  EditorState.lineSeparator.of("\n"),
  EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
];
