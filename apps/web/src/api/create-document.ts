import { type DocumentSummary, documentSummarySchema } from "./document-summary";
import { request } from "./request";

/** Creates an empty, untitled document. */
export function createDocument(): Promise<DocumentSummary> {
  return request("/documents", documentSummarySchema, { method: "POST", body: {} });
}
