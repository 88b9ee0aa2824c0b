import { strings } from "../ui/strings";
import { DocumentList, type DocumentListProps } from "./DocumentList";
import { ShelfNotice } from "./ShelfNotice";
import { useRecentRows, useStarredRows } from "./useDeviceRows";

type ListProps = Pick<DocumentListProps, "actions" | "stars">;

interface DeviceShelfProps extends ListProps {
  readonly shelf: "recent" | "starred";
}

/** What was opened or starred on this device. Loaded when it is first chosen. */
export default function DeviceShelf({ shelf, ...list }: DeviceShelfProps) {
  return shelf === "recent" ? <Recent {...list} /> : <Starred {...list} />;
}

function Recent(props: ListProps) {
  const rows = useRecentRows();
  if (rows.length === 0) return <ShelfNotice {...strings.documents.emptyRecent} />;
  return <DocumentList rows={rows} inTrash={false} query="" {...props} />;
}

function Starred(props: ListProps) {
  const rows = useStarredRows(props.stars.list);
  if (rows.length === 0) return <ShelfNotice {...strings.documents.emptyStarred} />;
  return <DocumentList rows={rows} inTrash={false} query="" {...props} />;
}
