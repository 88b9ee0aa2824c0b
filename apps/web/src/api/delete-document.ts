import { type DocumentSummary, documentSummarySchema } from "./document-summary";
import { request } from "./request";

/** Puts a document into the trash. */
export function deleteDocument(id: string): Promise<DocumentSummary> {
  return request(`/documents/${encodeURIComponent(id)}`, documentSummarySchema, { method: "DELETE" });
}
