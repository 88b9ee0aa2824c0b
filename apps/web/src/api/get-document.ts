import { type DocumentSummary, documentSummarySchema } from "./document-summary";
import { request } from "./request";

export function getDocument(id: string, signal: AbortSignal): Promise<DocumentSummary> {
  return request(`/documents/${encodeURIComponent(id)}`, documentSummarySchema, { signal });
}
