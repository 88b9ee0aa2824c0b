import { titleLengthMax } from "../editor/title-limit";
import { strings } from "../ui/strings";

/** What the duplicate of a document is called. A file's name keeps its ending, which says what language it is in. */
export function copyTitle(title: string): string {
  const [, stem = "", ending = ""] = /^(.*?)(\.[a-z][a-z0-9]{0,7})?$/i.exec(title || strings.untitled) ?? [];
  const room = titleLengthMax - strings.documents.copyOf("").length - ending.length;
  const short = stem.slice(0, room).replace(/[\ud800-\udbff]$/, "");
  return `${strings.documents.copyOf(short)}${ending}`;
}
