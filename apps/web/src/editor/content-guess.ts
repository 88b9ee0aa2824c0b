import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { guessFromContent, headLength } from "../languages/guess-language";

/** Calls `onGuess` when what the text seems to be in changes. Looks at its beginning only, and only when that changes. */
export function contentGuess(onGuess: (language: string | undefined) => void): Extension {
  return EditorView.updateListener.of(({ docChanged, changes, startState, state }) => {
    if (!docChanged || changes.touchesRange(0, headLength) === false) return;
    const before = guessFromContent(startState.sliceDoc(0, headLength));
    const now = guessFromContent(state.sliceDoc(0, headLength));
    if (now !== before) onGuess(now);
  });
}
