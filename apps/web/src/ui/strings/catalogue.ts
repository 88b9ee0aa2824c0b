import type { catalogue as english } from "./en";

/** The same keys and functions, with any words. */
export type Translation<Entry> = Entry extends string
  ? string
  : Entry extends (...parameters: infer Parameters) => string
    ? (...parameters: Parameters) => string
    : { readonly [Key in keyof Entry]: Translation<Entry[Key]> };

/** Every sentence of the interface in one language. English says which there are. */
export type Catalogue = Translation<typeof english>;
