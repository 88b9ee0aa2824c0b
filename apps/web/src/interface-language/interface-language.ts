/** The languages of the interface; English where a person wants none of them. */
export const interfaceLanguages = ["en"] as const;
export type InterfaceLanguage = (typeof interfaceLanguages)[number];
