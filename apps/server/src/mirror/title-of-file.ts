import { toTitle } from "../files/document-of-file";
import { endingOf, languageOfFile } from "../files/file-languages";

/** What a new file says of its document by its name. Such a document would give its file the same name, if that is free. */
export function titleOfFile(name: string): { readonly title: string; readonly language: string | undefined } {
  const language = languageOfFile(name);
  const isProse = language === "Markdown" || language === "Plain Text";
  const stem = isProse ? name.slice(0, -endingOf(name).length - 1) : name;
  return { title: toTitle(stem), language };
}
