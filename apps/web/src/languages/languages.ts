import { LanguageDescription } from "@codemirror/language";
import { languages as codeLanguages } from "@codemirror/language-data";
import { markdown, plainText } from "./prose";

/**
 * Every language that a document can be in, by name. A language's grammar is loaded when it is first used; this list
 * of them is loaded apart from the editor, too.
 */
export const languages: readonly LanguageDescription[] = [
  ...codeLanguages.filter(({ name }) => name !== markdown.name),
  markdown,
  plainText,
].sort(byName);

/** The language of this name or alias, in any case; undefined if there is none. */
export function findLanguage(name: string): LanguageDescription | undefined {
  return LanguageDescription.matchLanguageName(languages, name.trim(), false) ?? undefined;
}

/** All names are ASCII: a collator would be made for nothing, while the first text waits. */
function byName(a: LanguageDescription, b: LanguageDescription): number {
  return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
}
