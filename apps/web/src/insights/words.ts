import type { InterfaceLanguage } from "../interface-language/interface-language";
import { pageLanguage } from "../interface-language/page-language";
import type { Translation } from "../ui/strings/catalogue";
import { words as german } from "./words/de";
import { words as english } from "./words/en";

/** The words of a document's figures in one language. */
export type InsightWords = Translation<typeof english>;

const wordsIn: Readonly<Record<InterfaceLanguage, InsightWords>> = { en: english, de: german };

/** Those of this page's language. Apart from `strings`, which every page loads: few visits need them. */
export const words: InsightWords = wordsIn[pageLanguage];
