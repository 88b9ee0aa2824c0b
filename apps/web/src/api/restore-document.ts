import { type DocumentSummary, documentSummarySchema } from "./document-summary";
import { request } from "./request";

/** Takes a document out of the trash. */
export function restoreDocument(id: string): Promise<DocumentSummary> {
  return request(`/documents/${encodeURIComponent(id)}/restore`, documentSummarySchema, { method: "POST" });
}
