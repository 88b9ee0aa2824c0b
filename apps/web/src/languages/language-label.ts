import type { LanguageDescription } from "@codemirror/language";
import { strings } from "../ui/strings";
import { plainText } from "./prose";

/** What a document's language is called: languages have names of their own, but for the one that is none. */
export function languageLabel({ name }: LanguageDescription): string {
  return name === plainText.name ? strings.language.plainText : name;
}
