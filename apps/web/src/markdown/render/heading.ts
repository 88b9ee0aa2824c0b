/** A heading of a document, as the outline lists it. */
export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
  /** Unique in the document; what a link `#id` points to. */
  readonly id: string;
  /** Where it begins in the source, from 0. */
  readonly line: number;
}
