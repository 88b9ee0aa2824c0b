import type { DeviceStore } from "../ui/device-store";
import { type LanguageChoice, parseLanguageChoice } from "./interface-language";

/** The key in the device's store. With its prefix it is known to `page-language.ts`, too. */
const key = "interface.language";

export function readLanguageChoice(store: DeviceStore): LanguageChoice {
  return parseLanguageChoice(store.get(key));
}

export function storeLanguageChoice(store: DeviceStore, choice: LanguageChoice): void {
  if (choice === "browser") store.remove(key);
  else store.set(key, choice);
}
