import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import type { DocumentPage } from "../api/document-page";
import { type DocumentSort, listDocuments } from "../api/list-documents";
import { hasTags } from "../tags/has-tags";
import { documentsKey } from "./documents-cache";
import { distinctRows, type Row, rowOf } from "./row";

const pollMs = 3000;

interface ListedDocuments {
  readonly sort: DocumentSort;
  /** Whether those in the trash. */
  readonly deleted: boolean;
  readonly tags: readonly string[];
}

/** All documents with some tags, asked for again every three seconds while the page is visible. */
export function useDocuments({ sort, deleted, tags }: ListedDocuments) {
  const result = useInfiniteQuery({
    queryKey: [...documentsKey.list, { sort, deleted, tags }],
    queryFn: ({ pageParam, signal }) => listDocuments({ sort, deleted, tags, cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: pollMs,
    // Sorted otherwise, they are the same documents; with another tag, some of them, or more.
    placeholderData: (previous: Pages | undefined, query) =>
      isOfTrash(query?.queryKey) === deleted ? withTags(previous, tags) : undefined,
  });
  // A document that is edited between the loading of two pages may stand on both.
  const rows: readonly Row[] | undefined =
    result.data &&
    distinctRows(
      result.data.pages.flatMap((page) => page.documents.map((document) => rowOf(document, timeKind(sort)))),
    );
  return { ...result, rows };
}

type Pages = InfiniteData<DocumentPage, string | undefined>;

/** Undefined where none of those that are known has them: the server may know others. */
function withTags(data: Pages | undefined, tags: readonly string[]): Pages | undefined {
  if (data === undefined || tags.length === 0) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    documents: page.documents.filter((document) => hasTags(document.tags, tags)),
  }));
  return pages.some(({ documents }) => documents.length > 0) ? { ...data, pages } : undefined;
}

function isOfTrash(key: readonly unknown[] | undefined): boolean {
  return (key?.at(-1) as ListedDocuments | undefined)?.deleted ?? false;
}

function timeKind(sort: DocumentSort): "edited" | "created" | "deleted" {
  return sort === "created" || sort === "deleted" ? sort : "edited";
}
