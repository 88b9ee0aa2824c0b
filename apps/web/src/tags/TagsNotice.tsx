import { ShelfNotice } from "../documents/ShelfNotice";
import { strings } from "../ui/strings";

interface TagsNoticeProps {
  readonly tags: readonly string[];
  /** Whether all documents were looked at. */
  readonly isWhole: boolean;
}

/** In place of a list: no document has all of these tags. */
export function TagsNotice({ tags, isWhole }: TagsNoticeProps) {
  return (
    <ShelfNotice
      title={strings.tags.nothing(tags)}
      text={isWhole ? strings.tags.nothingText : strings.documents.nothingFoundHere}
    />
  );
}
