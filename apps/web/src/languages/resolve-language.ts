import { LanguageDescription } from "@codemirror/language";
import { findLanguage, languages } from "./languages";
import { markdown } from "./prose";

/** What tells a document's language. */
export interface LanguageFacts {
  /** What people chose for this document. */
  readonly chosen: string | undefined;
  /** What it was created with. */
  readonly initial: string | undefined;
  readonly title: string;
  /** What the text itself seems to be in. */
  readonly guess: string | undefined;
}

/** A document's language. What is chosen comes first; a name that nobody knows counts as none. */
export function resolveLanguage({ chosen, initial, title, guess }: LanguageFacts): LanguageDescription {
  return named(chosen) ?? named(initial) ?? guessFromTitle(title) ?? named(guess) ?? markdown;
}

function named(name: string | undefined): LanguageDescription | undefined {
  return name === undefined ? undefined : findLanguage(name);
}

function guessFromTitle(title: string): LanguageDescription | undefined {
  const name = title.trim();
  // "Version 2.1" is no page of a manual, though their file names end so.
  if (/\.\d+$/.test(name)) return undefined;
  return (
    LanguageDescription.matchFilename(languages, name) ??
    LanguageDescription.matchFilename(languages, name.toLowerCase()) ??
    undefined
  );
}
