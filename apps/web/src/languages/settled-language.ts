import type { LanguageDescription } from "@codemirror/language";
import { markdown, plainText } from "./prose";
import type { LanguageFacts } from "./resolve-language";

/**
 * A document's language where it is clear without the list of all: most texts are prose, and need not wait for the
 * list. Undefined where only the list can tell.
 */
export function settledLanguage({
  chosen,
  initial,
  title,
  guess,
}: LanguageFacts): LanguageDescription | undefined {
  const named = chosen ?? initial;
  if (named !== undefined) return [markdown, plainText].find(({ name }) => name === named);
  const name = title.trim();
  if (/.\.(md|markdown)$/i.test(name)) return markdown;
  // A file may be known by a name without a dot, but by none of several words.
  const isNoFile = name === "" || (/\s/.test(name) && !name.includes("."));
  return isNoFile && guess === undefined ? markdown : undefined;
}
