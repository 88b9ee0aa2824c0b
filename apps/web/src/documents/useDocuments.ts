import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { DocumentSummary } from "../api/document-summary";
import { listDocuments } from "../api/list-documents";

const pollMs = 3000;

/** The documents whose titles match `query`, asked for again every three seconds while the page is visible. */
export function useDocuments(query: string) {
  const result = useInfiniteQuery({
    queryKey: ["documents", query],
    queryFn: ({ pageParam, signal }) => listDocuments({ query, cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: pollMs,
    placeholderData: keepPreviousData,
  });
  return {
    ...result,
    documents: result.data && distinct(result.data.pages.flatMap((page) => page.documents)),
  };
}

/** A document that is edited between the loading of two pages may stand on both. */
function distinct(documents: readonly DocumentSummary[]): readonly DocumentSummary[] {
  return [...new Map(documents.map((document) => [document.id, document])).values()];
}
