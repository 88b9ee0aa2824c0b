import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { documentKey } from "../api/document-key";
import type { DocumentPage } from "../api/document-page";
import type { DocumentSummary } from "../api/document-summary";

/** Where the query cache keeps pages of documents. */
export const documentsKey = {
  all: ["documents"],
  list: ["documents", "list"],
  found: ["documents", "found"],
} as const;

type Pages = InfiniteData<DocumentPage, string | undefined>;

/** Every document that any list outside the trash has shown, with what is known of it. */
export function shownDocuments(cache: QueryClient): readonly DocumentSummary[] {
  return [documentsKey.found, documentsKey.list]
    .flatMap((queryKey) => cache.getQueriesData<Pages>({ queryKey }))
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap(({ documents }) => documents)
    .filter(({ deletedAt }) => deletedAt === null || deletedAt === undefined);
}

/** Has all lists show a document as it is now: another title, or out of the trash, or in it. */
export function showChanged(cache: QueryClient, changed: DocumentSummary): void {
  showInLists(cache, changed);
  void cache.invalidateQueries({ queryKey: documentsKey.all });
}

/** The same for a document as it will be once the server has answered: asking now would tell what was before. */
export function showInLists(cache: QueryClient, changed: DocumentSummary): void {
  const wasMoved = (before: DocumentSummary) =>
    (before.deletedAt ?? null) !== null || (changed.deletedAt ?? null) !== null;
  const inPage = (page: DocumentPage): DocumentPage => ({
    ...page,
    documents: page.documents
      .filter((document) => document.id !== changed.id || !wasMoved(document))
      .map((document) => (document.id === changed.id ? { ...document, ...changed } : document)),
  });
  for (const queryKey of [documentsKey.list, documentsKey.found]) {
    cache.setQueriesData<Pages>({ queryKey }, (data) => data && { ...data, pages: data.pages.map(inPage) });
  }
  cache.setQueryData(documentKey(changed.id), changed);
}
