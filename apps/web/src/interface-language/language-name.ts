import { strings } from "../ui/strings";
import type { LanguageChoice } from "./interface-language";

/** Every language is called what it calls itself, so that whoever is lost in another one finds it. */
const names = { en: "English", de: "Deutsch" } as const;

export function languageName(choice: LanguageChoice): string {
  return choice === "browser" ? strings.interfaceLanguage.browser : names[choice];
}
