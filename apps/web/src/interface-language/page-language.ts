import type { InterfaceLanguage } from "./interface-language";

/** The language that this page is shown in. It stays the same until the page is loaded anew. */
export const pageLanguage: InterfaceLanguage = "en";
