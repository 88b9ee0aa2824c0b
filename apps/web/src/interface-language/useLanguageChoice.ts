import { useState } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { type LanguageChoice, languageFor } from "./interface-language";
import { readLanguageChoice, storeLanguageChoice } from "./language-choice";
import { pageLanguage } from "./page-language";

/**
 * Which language of the interface this device remembers, and how to choose another. Where the page is in another one it
 * is loaded anew: who would lose words by that is asked, as by any other way of leaving.
 */
export function useLanguageChoice(): readonly [LanguageChoice, (choice: LanguageChoice) => void] {
  const store = useDeviceStore();
  const [choice, setChoice] = useState(() => readLanguageChoice(store));
  const choose = (next: LanguageChoice) => {
    storeLanguageChoice(store, next);
    setChoice(next);
    if (languageFor(next, window.navigator.languages) !== pageLanguage) window.location.reload();
  };
  return [choice, choose];
}
