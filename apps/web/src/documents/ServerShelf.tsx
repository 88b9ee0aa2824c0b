import { TagsNotice } from "../tags/TagsNotice";
import { strings } from "../ui/strings";
import { useLate } from "../ui/useLate";
import { DocumentList, type DocumentListProps } from "./DocumentList";
import { DocumentListSkeleton } from "./DocumentListSkeleton";
import { DocumentsError } from "./DocumentsError";
import { LoadMore } from "./LoadMore";
import type { Sort } from "./list-choice";
import { ShelfNotice } from "./ShelfNotice";
import { StaleNotice } from "./StaleNotice";
import { useDocuments } from "./useDocuments";

interface ServerShelfProps extends Pick<DocumentListProps, "actions" | "stars" | "inTrash"> {
  readonly sort: Sort;
  readonly tags: readonly string[];
}

/** All documents, or the trash; or what stands in their place: nothing yet, nothing at all, or a failure. */
export function ServerShelf({ sort, tags, inTrash, ...list }: ServerShelfProps) {
  const { rows, error, isPending, refetch, ...pages } = useDocuments({
    sort: inTrash ? "deleted" : sort,
    deleted: inTrash,
    tags,
  });
  const late = useLate(isPending);
  // An empty list from before the failure says nothing of what is on this device by now.
  if (error && (rows === undefined || rows.length === 0)) {
    return <DocumentsError cause={error.message} onRetry={() => void refetch()} />;
  }
  if (rows === undefined) return late ? <DocumentListSkeleton /> : null;
  if (rows.length === 0 && tags.length > 0) return <TagsNotice tags={tags} isWhole={!inTrash} />;
  if (rows.length === 0) {
    const { emptyTitle: title, emptyText: text, emptyTrash } = strings.documents;
    return <ShelfNotice {...(inTrash ? emptyTrash : { title, text })} />;
  }
  return (
    <>
      {tags.length > 0 && (
        <p role="status" className="sr-only">
          {strings.documents.found(rows.length, pages.hasNextPage)}
        </p>
      )}
      <DocumentList rows={rows} inTrash={inTrash} query="" {...list} />
      {pages.hasNextPage && (
        <LoadMore isLoading={pages.isFetchingNextPage} onLoad={() => void pages.fetchNextPage()} />
      )}
      {error && <StaleNotice cause={error.message} />}
    </>
  );
}
