import { hasTags } from "../tags/has-tags";
import { TagsNotice } from "../tags/TagsNotice";
import { strings } from "../ui/strings";
import { DocumentList, type DocumentListProps } from "./DocumentList";
import type { Row } from "./row";
import { ShelfNotice } from "./ShelfNotice";
import { useRecentRows, useStarredRows } from "./useDeviceRows";

interface ListProps extends Pick<DocumentListProps, "actions" | "stars"> {
  readonly tags: readonly string[];
}

interface DeviceShelfProps extends ListProps {
  readonly shelf: "recent" | "starred";
}

/** What was opened or starred on this device. Loaded when it is first chosen. */
export default function DeviceShelf({ shelf, ...list }: DeviceShelfProps) {
  return shelf === "recent" ? <Recent {...list} /> : <Starred {...list} />;
}

function Recent({ tags, ...props }: ListProps) {
  const rows = useRecentRows();
  if (rows.length === 0) return <ShelfNotice {...strings.documents.emptyRecent} />;
  return <Tagged rows={rows} tags={tags} {...props} />;
}

function Starred({ tags, ...props }: ListProps) {
  const rows = useStarredRows(props.stars.list);
  if (rows.length === 0) return <ShelfNotice {...strings.documents.emptyStarred} />;
  return <Tagged rows={rows} tags={tags} {...props} />;
}

interface TaggedProps extends ListProps {
  readonly rows: readonly Row[];
}

function Tagged({ rows, tags, ...props }: TaggedProps) {
  const shown = rows.filter((row) => hasTags(row.tags, tags));
  if (shown.length === 0) return <TagsNotice tags={tags} isWhole={false} />;
  return <DocumentList rows={shown} inTrash={false} query="" {...props} />;
}
