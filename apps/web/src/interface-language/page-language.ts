import { type InterfaceLanguage, languageFor, parseLanguageChoice } from "./interface-language";

/** The language that this page is shown in. It stays the same until the page is loaded anew. */
export const pageLanguage: InterfaceLanguage = languageFor(
  parseLanguageChoice(readStored()),
  window.navigator.languages,
);

/** Read without the device's store, whose code comes later. The key is that of `language-choice.ts`. */
function readStored(): string | null {
  try {
    return window.localStorage.getItem("scriptorium.interface.language");
  } catch {
    // Storage is blocked: the browser's preference holds.
    return null;
  }
}
