import type { Catalogue } from "./strings/catalogue";

/**
 * Every sentence of the interface, in the language of this page. It is loaded beside the pages' code, and is there
 * before anything is shown: read it when something is shown, never while a module is loaded.
 */
export let strings: Catalogue;

/** Called once, before anything is shown. */
export function speak(catalogue: Catalogue): void {
  strings = catalogue;
}
