import { LaterModule } from "../ui/later-module";

export const resolver = new LaterModule(() => import("./resolve-language"));
export const interimGrammar = new LaterModule(() => import("./plain-markdown"));

/**
 * Loads what a text is first shown with: most texts are prose. Asked for with the page rather than one after the other.
 * Where it cannot be had, the text is shown without.
 */
export async function prepareLanguage(): Promise<void> {
  await Promise.allSettled([resolver.load(), interimGrammar.load()]);
}
