import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completeAnyWord,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import { EditorState, type Extension } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";

/** A list of words that comes up sooner would be in the way. */
const lettersLeast = 3;

/** Words of the document, beside what the language offers. */
async function words(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\p{L}\p{N}_$]+/u);
  if (!context.explicit && (word === null || word.to - word.from < lettersLeast)) return null;
  const found = await completeAnyWord(context);
  // Of no type, so that a name which the language offers as well is offered once.
  return found && { ...found, options: found.options.map(({ label }) => ({ label })) };
}

/** Completes words, snippets and names. @param whileTyping or only when asked to */
export function completion(whileTyping: boolean): Extension {
  return [
    autocompletion({ activateOnTyping: whileTyping, icons: false, defaultKeymap: false }),
    // Asking for it is a command with a key of its own.
    keymap.of(completionKeymap.filter(({ run }) => run !== startCompletion)),
    EditorState.languageData.of(() => [{ autocomplete: words }]),
  ];
}

/** Brackets and quotes come in pairs, and go so. */
export const bracketPairs: Extension = [closeBrackets(), keymap.of(closeBracketsKeymap)];

export function complete(view: EditorView): void {
  startCompletion(view);
}
