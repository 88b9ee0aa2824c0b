import type * as Y from "yjs";
import * as z from "zod/mini";

/** What everybody in a document shares besides its text. Undefined where nobody has chosen anything. */
export interface DocumentSettings {
  /** A language's name; it may be one that this version does not know. */
  readonly language: string | undefined;
  /** How many columns a tab takes. */
  readonly tabSize: number | undefined;
  /** What one level of indentation is: spaces, or a tab. */
  readonly indentUnit: string | undefined;
}

export const indentMax = 8;

const schemas = {
  language: z.string().check(z.minLength(1), z.maxLength(50)),
  tabSize: z.int().check(z.minimum(1), z.maximum(indentMax)),
  indentUnit: z.string().check(z.regex(new RegExp(`^(?: {1,${indentMax}}|\\t)$`))),
};

/** The settings in a document's map `settings`. Any client can write there: what is malformed counts as not chosen. */
export class SharedSettings {
  readonly #map: Y.Map<unknown>;
  #settings: DocumentSettings;

  constructor(map: Y.Map<unknown>) {
    this.#map = map;
    this.#settings = read(map);
    map.observe(() => {
      this.#settings = read(map);
    });
  }

  /** The same object until something changes. */
  readonly get = (): DocumentSettings => this.#settings;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#map.observe(listener);
    return () => this.#map.unobserve(listener);
  };

  /** Sets what `change` names, for everybody; undefined takes a choice back. */
  change(change: Partial<DocumentSettings>): void {
    this.#map.doc?.transact(() => {
      for (const [key, value] of Object.entries(change)) {
        if (value === undefined) this.#map.delete(key);
        else if (this.#map.get(key) !== value) this.#map.set(key, value);
      }
    }, this);
  }
}

function read(map: Y.Map<unknown>): DocumentSettings {
  return {
    language: schemas.language.safeParse(map.get("language")).data,
    tabSize: schemas.tabSize.safeParse(map.get("tabSize")).data,
    indentUnit: schemas.indentUnit.safeParse(map.get("indentUnit")).data,
  };
}
