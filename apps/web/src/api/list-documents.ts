import { type DocumentPage, documentPageSchema } from "./document-page";
import { request } from "./request";

interface ListOptions {
  /** Words that the title contains; empty for all documents. */
  readonly query: string;
  readonly cursor: string | undefined;
  readonly signal: AbortSignal;
}

/** One page of documents, last edited first. */
export function listDocuments({ query, cursor, signal }: ListOptions): Promise<DocumentPage> {
  const parameters = new URLSearchParams();
  if (query !== "") parameters.set("query", query);
  if (cursor !== undefined) parameters.set("cursor", cursor);
  const search = parameters.size > 0 ? `?${parameters}` : "";
  return request(`/documents${search}`, documentPageSchema, { signal });
}
