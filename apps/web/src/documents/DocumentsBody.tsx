import { Button } from "../ui/Button";
import { strings } from "../ui/strings";
import { useLate } from "../ui/useLate";
import { DocumentList } from "./DocumentList";
import { DocumentListSkeleton } from "./DocumentListSkeleton";
import { DocumentsError } from "./DocumentsError";
import { EmptyDocuments } from "./EmptyDocuments";
import { NoMatch } from "./NoMatch";
import { StaleNotice } from "./StaleNotice";
import { useDocuments } from "./useDocuments";

/** The list, or what stands in its place: nothing yet, nothing at all, nothing that matches, or a failure. */
export function DocumentsBody({ query }: { readonly query: string }) {
  const { documents, error, isPending, isPlaceholderData, refetch, ...pages } = useDocuments(query);
  const late = useLate(isPending);
  // An empty list from before the failure says nothing of what is on this device by now.
  if (error && (documents === undefined || documents.length === 0)) {
    return <DocumentsError cause={error.message} onRetry={() => void refetch()} />;
  }
  if (documents === undefined) {
    return late ? <DocumentListSkeleton /> : null;
  }
  if (documents.length === 0 && !isPlaceholderData) {
    return query === "" ? <EmptyDocuments /> : <NoMatch query={query} />;
  }
  return (
    <>
      <DocumentList documents={documents} />
      {pages.hasNextPage && (
        <Button
          className="mt-6 min-w-32 self-center"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {pages.isFetchingNextPage ? strings.documents.loadingMore : strings.documents.loadMore}
        </Button>
      )}
      {error && <StaleNotice cause={error.message} />}
    </>
  );
}
