import { strings } from "../ui/strings";
import { DocumentList, type DocumentListProps } from "./DocumentList";
import { ShelfNotice } from "./ShelfNotice";
import { useRecentRows, useStarredRows } from "./useDeviceRows";

type DeviceShelfProps = Pick<DocumentListProps, "actions" | "stars">;

/** What was opened on this device. */
export function RecentShelf(props: DeviceShelfProps) {
  const rows = useRecentRows();
  if (rows.length === 0) return <ShelfNotice {...strings.documents.emptyRecent} />;
  return <DocumentList rows={rows} inTrash={false} query="" {...props} />;
}

/** What was starred on this device. */
export function StarredShelf(props: DeviceShelfProps) {
  const rows = useStarredRows(props.stars.list);
  if (rows.length === 0) return <ShelfNotice {...strings.documents.emptyStarred} />;
  return <DocumentList rows={rows} inTrash={false} query="" {...props} />;
}
