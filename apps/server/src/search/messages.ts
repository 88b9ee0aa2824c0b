import type { SearchHit, TextQuery } from "./search-index";

export interface SearchWorkerOptions {
  readonly databaseFile: string;
  /** The projections' database. */
  readonly projectionsFile: string;
}

/** From the server to the search's worker. */
export type SearchRequest =
  /** The catalogue has changed. `begun` is another number if its database may be another one. */
  | { readonly type: "look"; readonly begun: number }
  /** Answers `needText`. Undefined if it cannot be had. */
  | { readonly type: "text"; readonly documentId: string; readonly text: string | undefined }
  /** Answered by `found`. One at a time. */
  | { readonly type: "find"; readonly query: TextQuery }
  | { readonly type: "close" };

/** From the search's worker to the server. */
export type SearchReport =
  | { readonly type: "needText"; readonly documentId: string }
  | { readonly type: "found"; readonly hits: readonly SearchHit[] }
  /** How many documents wait to be indexed, and since when the first of them, by `Date.now`; undefined if none does. */
  | { readonly type: "waiting"; readonly documents: number; readonly sinceMs: number | undefined };
