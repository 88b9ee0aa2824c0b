import { KnownClocks } from "./known-clocks";

/** Documents, and the clocks of all of them, that are kept at most. */
const documentsMax = 5000;
const sizeMax = 1_000_000;
/** How often it is looked whether they take too much. */
const learnedPerLook = 4096;

/** The {@link KnownClocks} of the documents that are edited, as far as there is room. */
export class KnownClocksCache {
  readonly #load: (documentId: string, into: KnownClocks) => void;
  /** The longest unused first. */
  readonly #documents = new Map<string, KnownClocks>();
  #newest: { readonly documentId: string; readonly known: KnownClocks } | undefined;
  #gets = 0;

  /** @param load teaches what a document has, of which nothing is known here */
  constructor(load: (documentId: string, into: KnownClocks) => void) {
    this.#load = load;
  }

  get(documentId: string): KnownClocks {
    if (++this.#gets % learnedPerLook === 0) this.#makeRoom();
    if (this.#newest?.documentId === documentId) return this.#newest.known;
    let known = this.#documents.get(documentId);
    if (known === undefined) {
      known = new KnownClocks();
      this.#load(documentId, known);
    }
    this.#documents.delete(documentId);
    this.#documents.set(documentId, known);
    this.#newest = { documentId, known };
    return known;
  }

  #makeRoom(): void {
    let size = 0;
    for (const known of this.#documents.values()) size += known.size;
    for (const [documentId, known] of this.#documents) {
      if (size <= sizeMax && this.#documents.size <= documentsMax) return;
      if (documentId === this.#newest?.documentId) return;
      size -= known.size;
      this.#documents.delete(documentId);
    }
  }
}
