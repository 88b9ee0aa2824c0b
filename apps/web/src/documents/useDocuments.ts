import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type DocumentSort, listDocuments } from "../api/list-documents";
import { documentsKey } from "./documents-cache";
import { distinctRows, type Row, rowOf } from "./row";

const pollMs = 3000;

interface ListedDocuments {
  readonly sort: DocumentSort;
  /** Whether those in the trash. */
  readonly deleted: boolean;
}

/** All documents there are, asked for again every three seconds while the page is visible. */
export function useDocuments({ sort, deleted }: ListedDocuments) {
  const result = useInfiniteQuery({
    queryKey: [...documentsKey.list, { sort, deleted }],
    queryFn: ({ pageParam, signal }) => listDocuments({ sort, deleted, cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: pollMs,
    // Sorted otherwise, they are the same documents.
    placeholderData: (previous, query) =>
      isOfTrash(query?.queryKey) === deleted ? keepPreviousData(previous) : undefined,
  });
  // A document that is edited between the loading of two pages may stand on both.
  const rows: readonly Row[] | undefined =
    result.data &&
    distinctRows(
      result.data.pages.flatMap((page) => page.documents.map((document) => rowOf(document, timeKind(sort)))),
    );
  return { ...result, rows };
}

function isOfTrash(key: readonly unknown[] | undefined): boolean {
  return (key?.at(-1) as ListedDocuments | undefined)?.deleted ?? false;
}

function timeKind(sort: DocumentSort): "edited" | "created" | "deleted" {
  return sort === "created" || sort === "deleted" ? sort : "edited";
}
