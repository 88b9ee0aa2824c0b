import { LanguageDescription } from "@codemirror/language";
import { languages as codeLanguages } from "@codemirror/language-data";
import { markdown, plainText } from "./prose";

// Comparing without one makes one for each pair.
const byName = new Intl.Collator("en");

/**
 * Every language that a document can be in, by name. A language's grammar is loaded when it is first used; this list
 * of them is loaded apart from the editor, too.
 */
export const languages: readonly LanguageDescription[] = [
  ...codeLanguages.filter(({ name }) => name !== markdown.name),
  markdown,
  plainText,
].sort((a, b) => byName.compare(a.name, b.name));

/** The language of this name or alias, in any case; undefined if there is none. */
export function findLanguage(name: string): LanguageDescription | undefined {
  return LanguageDescription.matchLanguageName(languages, name.trim(), false) ?? undefined;
}
