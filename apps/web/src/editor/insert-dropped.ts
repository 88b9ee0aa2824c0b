import type { EditorView } from "@codemirror/view";
import type * as Y from "yjs";
import { explainFailure } from "../import/explain-failure";
import { readTextFile } from "../import/read-text-file";
import { strings } from "../ui/strings";
import { resolvePosition } from "./read-peers";

interface Dropped {
  readonly files: readonly File[];
  /** Where, as a relative position in JSON: others may write while the files are read. */
  readonly place: unknown;
  readonly userEvent: string;
  /** Called with words that say which files are no texts. */
  readonly tell: (words: string) => void;
}

/** Inserts what files hold, and selects it. */
export async function insertDropped(
  view: EditorView,
  text: Y.Text,
  { files, place, userEvent, tell }: Dropped,
): Promise<void> {
  const { contents, failures } = await read(files);
  if (failures.length > 0) tell(failures.join(" "));
  const from = resolvePosition(place, text);
  if (contents.length === 0 || from === undefined || view.state.readOnly) return;
  const insert = view.state.toText(contents.join("\n").replace(/\r\n?/g, "\n"));
  view.focus();
  view.dispatch({
    changes: { from, insert },
    selection: { anchor: from, head: from + insert.length },
    userEvent,
    scrollIntoView: true,
  });
}

/** What files hold, and in words what those that are no texts are. */
async function read(
  files: readonly File[],
): Promise<Readonly<Record<"contents" | "failures", readonly string[]>>> {
  const contents: string[] = [];
  const failures: string[] = [];
  for (const file of files) {
    try {
      contents.push(await readTextFile(file));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      failures.push(strings.editor.notInserted(file.name, explainFailure(error)));
    }
  }
  return { contents, failures };
}
