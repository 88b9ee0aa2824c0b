import type { InterfaceLanguage } from "../interface-language/interface-language";
import { templates as german } from "./templates/de";
import { templates as english } from "./templates/en";
import type { Template } from "./templates/template";

const templatesIn: Readonly<Record<InterfaceLanguage, (day: string) => readonly Template[]>> = {
  en: english,
  de: german,
};

/** The templates as of a day, written as `2026-01-31`. Apart from `strings`, since few visits need them. */
export function templates(language: InterfaceLanguage, day: string): readonly Template[] {
  return templatesIn[language](day);
}
