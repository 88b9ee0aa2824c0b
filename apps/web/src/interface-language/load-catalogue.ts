import type { Catalogue } from "../ui/strings/catalogue";
import type { InterfaceLanguage } from "./interface-language";

// Not by a top-level await in `strings.ts`: in Safari, of two modules that wait for a third one, the second does not.
const catalogues: Readonly<Record<InterfaceLanguage, () => Promise<{ readonly catalogue: Catalogue }>>> = {
  en: () => import("../ui/strings/en"),
  de: () => import("../ui/strings/de"),
};

/** Every sentence in one language; the others are not loaded. */
export async function loadCatalogue(language: InterfaceLanguage): Promise<Catalogue> {
  return (await catalogues[language]()).catalogue;
}
