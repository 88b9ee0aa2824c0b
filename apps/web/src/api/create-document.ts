import { type DocumentSummary, documentSummarySchema } from "./document-summary";
import { request } from "./request";

export interface NewDocument {
  readonly title?: string;
  /** By its name in `languages`. */
  readonly language?: string | undefined;
  readonly text?: string;
  readonly tags?: readonly string[];
}

/** Creates a document, by default empty and untitled. */
export function createDocument(document: NewDocument = {}): Promise<DocumentSummary> {
  return request("/documents", documentSummarySchema, { method: "POST", body: document });
}
