import { LaterModule } from "../ui/later-module";

export const resolver = new LaterModule(() => import("./resolve-language"));
export const interimGrammar = new LaterModule(() => import("./plain-markdown"));

/**
 * Loads what most texts are first shown with, as they are prose. Asked for with the page rather than behind it. Where it
 * cannot be had, the text is shown without.
 */
export async function prepareLanguage(): Promise<void> {
  await interimGrammar.load().catch(() => undefined);
}
