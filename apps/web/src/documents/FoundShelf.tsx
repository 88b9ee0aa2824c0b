import { strings } from "../ui/strings";
import { useDeviceStore } from "../ui/useDeviceStore";
import { useLate } from "../ui/useLate";
import { DocumentList, type DocumentListProps } from "./DocumentList";
import { DocumentListSkeleton } from "./DocumentListSkeleton";
import { listKnownDocuments } from "./known-documents";
import { LoadMore } from "./LoadMore";
import type { Shelf } from "./list-choice";
import { ShelfNotice } from "./ShelfNotice";
import { useFound } from "./useFound";

interface FoundShelfProps extends Pick<DocumentListProps, "actions" | "stars"> {
  readonly query: string;
  readonly shelf: Shelf;
  readonly tags: readonly string[];
}

/** What a search finds on a shelf. */
export function FoundShelf({ query, shelf, tags, ...list }: FoundShelfProps) {
  const inTrash = shelf === "trash";
  const { rows: all, isAnswered, error, more } = useFound(query, inTrash, tags);
  const isOnShelf = useShelf(shelf, list.stars.has);
  const rows = all.filter(({ id }) => isOnShelf(id));
  const isWaiting = !isAnswered && error === null;
  const late = useLate(isWaiting && rows.length === 0);
  return (
    <>
      <p role="status" className="sr-only">
        {isWaiting ? "" : strings.documents.found(rows.length, more !== undefined)}
      </p>
      {error !== null && !isAnswered && (
        <p className="pb-3 text-ink-soft text-sm">{strings.documents.knownOnly(error.message)}</p>
      )}
      {rows.length > 0 && <DocumentList rows={rows} inTrash={inTrash} query={query} {...list} />}
      {rows.length === 0 && isWaiting && late && <DocumentListSkeleton />}
      {rows.length === 0 && !isWaiting && (
        <ShelfNotice
          title={strings.documents.nothingFound(query)}
          text={
            shelf === "all" && tags.length === 0
              ? strings.documents.nothingFoundText
              : strings.documents.nothingFoundHere
          }
        />
      )}
      {more !== undefined && <LoadMore isLoading={more.isLoading} onLoad={more.load} />}
    </>
  );
}

function useShelf(shelf: Shelf, isStarred: (id: string) => boolean): (id: string) => boolean {
  const store = useDeviceStore();
  if (shelf === "starred") return isStarred;
  if (shelf !== "recent") return () => true;
  const known = new Set(listKnownDocuments(store).map(({ id }) => id));
  return (id) => known.has(id);
}
