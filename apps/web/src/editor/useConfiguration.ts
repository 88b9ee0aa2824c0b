import type { LanguageDescription } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { useMemo } from "react";
import type { DocumentSettings } from "../collaboration/document-settings";
import type { PageCommand } from "../commands/command";
import { pageKeymap } from "../commands/key-bindings";
import { isProse } from "../languages/prose";
import { useLanguageSupport } from "../languages/useLanguageSupport";
import { applies, type Preferences } from "../preferences/preferences";
import { appearance } from "./appearance";
import { contentGuess } from "./content-guess";
import { documentConfiguration } from "./document-configuration";
import { useCompletion } from "./useCompletion";
import { useKeySet } from "./useKeySet";

interface ConfigurationFacts {
  /** Whether there is an editor to configure. */
  readonly begun: boolean;
  readonly language: LanguageDescription | undefined;
  /** What Markdown is shown with until its grammar is there. */
  readonly interim: Extension;
  readonly settings: DocumentSettings;
  readonly preferences: Preferences;
  /** Stable, as is `onGuess`. */
  readonly commands: readonly PageCommand[];
  readonly onGuess: (language: string | undefined) => void;
  /** What becomes of files that are dropped on the text. Stable. */
  readonly files: Extension;
}

/** What the document's language, its settings and this person's preferences make of the editor. */
export function useConfiguration(facts: ConfigurationFacts): Extension {
  const { begun, language, interim, settings, preferences, commands, onGuess, files } = facts;
  const prose = language === undefined || isProse(language);
  const support = useLanguageSupport(language, interim, begun);
  const keys = useKeySet(preferences.keys);
  const completion = useCompletion(
    begun,
    applies(preferences.completion, prose),
    applies(preferences.brackets, prose),
  );
  return useMemo(
    () => [
      keys,
      completion,
      keymap.of(pageKeymap(commands)),
      documentConfiguration(support, prose, settings),
      appearance(preferences, prose),
      contentGuess(onGuess),
      files,
    ],
    [keys, completion, commands, support, prose, settings, preferences, onGuess, files],
  );
}
