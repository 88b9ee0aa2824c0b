import { type DocumentSummary, documentSummarySchema } from "./document-summary";
import { request } from "./request";

/** @param title at most 200 characters; empty makes the document untitled */
export function renameDocument(id: string, title: string): Promise<DocumentSummary> {
  return request(`/documents/${encodeURIComponent(id)}`, documentSummarySchema, {
    method: "PATCH",
    body: { title },
  });
}
