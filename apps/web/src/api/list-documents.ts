import { type DocumentPage, documentPageSchema } from "./document-page";
import { request } from "./request";

export type DocumentSort = "updated" | "created" | "deleted" | "title";

interface ListOptions {
  /** Words of titles and texts; empty for all documents. */
  readonly query?: string;
  /** Those that have all of these. */
  readonly tags?: readonly string[];
  readonly sort?: DocumentSort;
  /** Whether to look in the trash. */
  readonly deleted?: boolean;
  readonly limit?: number;
  readonly cursor?: string | undefined;
  readonly signal: AbortSignal;
}

/** One page of documents, by default the last edited first. */
export function listDocuments({ signal, ...options }: ListOptions): Promise<DocumentPage> {
  const { query = "", tags = [], sort = "updated", deleted = false, limit, cursor } = options;
  const parameters = new URLSearchParams();
  if (query !== "") parameters.set("query", query);
  for (const tag of tags) parameters.append("tag", tag);
  if (sort !== "updated") parameters.set("sort", sort);
  if (deleted) parameters.set("deleted", "true");
  if (limit !== undefined) parameters.set("limit", String(limit));
  if (cursor !== undefined) parameters.set("cursor", cursor);
  const search = parameters.size > 0 ? `?${parameters}` : "";
  return request(`/documents${search}`, documentPageSchema, { signal });
}
