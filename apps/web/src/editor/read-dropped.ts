import { explainFailure } from "../import/explain-failure";
import { readTextFile } from "../import/read-text-file";
import { strings } from "../ui/strings";

/** What files hold that were dropped on a text, and in words what those that are none are. */
export interface DroppedTexts {
  readonly contents: readonly string[];
  readonly failures: readonly string[];
}

export async function readDropped(files: readonly File[]): Promise<DroppedTexts> {
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
