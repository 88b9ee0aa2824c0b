import { onDemand } from "../ui/on-demand";
import type { DocumentListProps } from "./DocumentList";
import { FoundShelf } from "./FoundShelf";
import type { ListChoice } from "./list-choice";
import { ServerShelf } from "./ServerShelf";

const DeviceShelf = onDemand(() => import("./DeviceShelf"));

interface DocumentsBodyProps extends Pick<DocumentListProps, "actions" | "stars"> {
  readonly choice: ListChoice;
}

/** The documents of the shelf that is chosen, or those of them that are looked for. */
export function DocumentsBody({ choice: { shelf, sort, query, tags }, ...list }: DocumentsBodyProps) {
  if (query !== "") return <FoundShelf query={query} shelf={shelf} tags={tags} {...list} />;
  switch (shelf) {
    case "all":
      return <ServerShelf key="all" sort={sort} tags={tags} inTrash={false} {...list} />;
    case "trash":
      return <ServerShelf key="trash" sort={sort} tags={tags} inTrash {...list} />;
    case "recent":
    case "starred":
      return <DeviceShelf shelf={shelf} tags={tags} {...list} onFailure={list.actions.loadFailed} />;
  }
}
