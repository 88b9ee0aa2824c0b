/** The languages of the interface, by the tags that browsers know them by. */
export const interfaceLanguages = ["en", "de"] as const;
export type InterfaceLanguage = (typeof interfaceLanguages)[number];

/** What a person can choose: a language, or what the browser asks for. */
export const languageChoices = ["browser", ...interfaceLanguages] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** The choice that a device remembers, whoever wrote it. */
export function parseLanguageChoice(stored: string | null | undefined): LanguageChoice {
  return languageChoices.find((choice) => choice === stored) ?? "browser";
}

/** @param wanted tags of languages, the most wanted first; English where there is none of them */
export function languageFor(choice: LanguageChoice, wanted: readonly string[]): InterfaceLanguage {
  if (choice !== "browser") return choice;
  const known = wanted.map((tag) => {
    const [language] = tag.toLowerCase().split("-");
    return interfaceLanguages.find((ours) => ours === language);
  });
  return known.find((language) => language !== undefined) ?? "en";
}
