import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { listDocuments } from "../api/list-documents";
import { hasTags } from "../tags/has-tags";
import { useDeviceStore } from "../ui/useDeviceStore";
import { useSettled } from "../ui/useSettled";
import { documentsKey, shownDocuments } from "./documents-cache";
import { listKnownDocuments } from "./known-documents";
import { searchLocally } from "./local-search";
import { distinctRows, type Row, rowOf, rowOfKnown } from "./row";

/** Each hit has a snippet, which takes its time. */
const pageLength = 20;
const pollMs = 10_000;

export interface Found {
  readonly rows: readonly Row[];
  /** Whether the server has answered what is asked for now; before, these are the ones that this page knew. */
  readonly isAnswered: boolean;
  readonly error: Error | null;
  readonly more: { readonly isLoading: boolean; readonly load: () => void } | undefined;
}

/** What `query` finds among the documents with all of some tags: at once what this page and this device know, then what the server answers. */
export function useFound(query: string, deleted: boolean, tags: readonly string[]): Found {
  const settled = useSettled(query);
  const store = useDeviceStore();
  const cache = useQueryClient();
  const result = useInfiniteQuery({
    // An answer belongs to its question: one that comes late replaces nothing.
    queryKey: [...documentsKey.found, { query: settled, deleted, tags }],
    queryFn: ({ pageParam, signal }) =>
      listDocuments({ query: settled, deleted, tags, limit: pageLength, cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: settled !== "",
    refetchInterval: pollMs,
  });
  const isCurrent = settled === query;
  const answered = isCurrent ? result.data : undefined;
  const rows = useMemo(() => {
    if (answered !== undefined)
      return distinctRows(
        answered.pages.flatMap(({ documents }) =>
          documents.map((each) => rowOf(each, deleted ? "deleted" : "edited")),
        ),
      );
    if (deleted) return [];
    const known = [
      ...shownDocuments(cache).map((each) => rowOf(each)),
      ...listKnownDocuments(store).map(rowOfKnown),
    ];
    return searchLocally(
      distinctRows(known).filter((row) => hasTags(row.tags, tags)),
      query,
    );
  }, [answered, cache, deleted, query, store, tags]);
  return {
    rows,
    isAnswered: answered !== undefined,
    error: isCurrent ? result.error : null,
    more:
      answered !== undefined && result.hasNextPage
        ? { isLoading: result.isFetchingNextPage, load: () => void result.fetchNextPage() }
        : undefined,
  };
}
