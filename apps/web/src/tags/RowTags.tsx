import { strings } from "../ui/strings";
import { tagChipLook } from "./tag-chip-look";
import { tagsInRow } from "./tags-in-row";

interface RowTagsProps {
  readonly tags: readonly string[];
  /** Of the document. */
  readonly title: string;
  readonly onFilter: (tag: string) => void;
  readonly onMore: () => void;
}

/** The tags of a document in its row; each leads to the documents that have it. */
export function RowTags({ tags, title, onFilter, onMore }: RowTagsProps) {
  const { shown, rest } = tagsInRow(tags);
  const look = `${tagChipLook} pointer-events-auto px-2 hover:bg-line hover:text-ink`;
  return (
    // Between the tags the row leads to the document.
    <ul
      aria-label={strings.tags.of(title)}
      className="pointer-events-none relative flex flex-wrap gap-1.5 px-3 pb-2.5"
    >
      {shown.map((tag) => (
        <li key={tag} className="flex min-w-0 max-w-full sm:max-w-64">
          <button
            type="button"
            aria-label={strings.tags.filterBy(tag)}
            title={tag}
            onClick={() => onFilter(tag)}
            className={look}
          >
            <bdi className="truncate">{tag}</bdi>
          </button>
        </li>
      ))}
      {rest.length > 0 && (
        <li className="flex">
          <button
            type="button"
            aria-label={strings.tags.more(rest.length, title)}
            onClick={onMore}
            className={look}
          >
            +{rest.length}
          </button>
        </li>
      )}
    </ul>
  );
}
