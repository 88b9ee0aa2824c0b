import { type DocumentSummary, documentSummarySchema } from "./document-summary";
import { request } from "./request";

/** @param tags all that the document is to have */
export function tagDocument(id: string, tags: readonly string[]): Promise<DocumentSummary> {
  return request(`/documents/${encodeURIComponent(id)}`, documentSummarySchema, {
    method: "PATCH",
    body: { tags },
  });
}
