import { type Extension, Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import * as Y from "yjs";
import { strings } from "../ui/strings";

/**
 * Inserts text files where they are dropped or pasted. Of what is no text nothing is inserted, and `tell` is called with
 * words that say so. Anywhere else on the page, a file that is dropped would take the place of the page.
 */
export function droppedFiles(text: Y.Text, tell: (words: string) => void): Extension {
  const take = (view: EditorView, files: readonly File[], position: number, userEvent: string) => {
    if (view.state.readOnly) tell(strings.readOnly.text);
    else {
      const place = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, position));
      // What reads files is loaded with the first of them.
      import("./insert-dropped").then(
        ({ insertDropped }) => insertDropped(view, text, { files, place, userEvent, tell }),
        () => tell(strings.notLoaded.brief),
      );
    }
  };
  return Prec.high(
    EditorView.domEventHandlers({
      drop: (event, view) => {
        const files = filesOf(event.dataTransfer);
        if (files.length === 0) return false;
        event.preventDefault();
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
        take(view, files, position, "input.drop");
        return true;
      },
      paste: (event, view) => {
        const { clipboardData } = event;
        const files = filesOf(clipboardData);
        // Words that are copied from office documents have their picture along.
        if (files.length === 0 || clipboardData?.types.some((type) => type.startsWith("text/"))) return false;
        event.preventDefault();
        take(view, files, view.state.selection.main.head, "input.paste");
        return true;
      },
    }),
  );
}

function filesOf(data: DataTransfer | null): readonly File[] {
  return [...(data?.files ?? [])];
}
