import { strings } from "../ui/strings";
import { tagChipLook } from "./tag-chip-look";

/** More are told by their number: a row is there for its title. */
const shownMax = 4;

interface RowTagsProps {
  readonly tags: readonly string[];
  /** Of the document. */
  readonly title: string;
  readonly onFilter: (tag: string) => void;
  readonly onMore: () => void;
}

/** The tags of a document in its row; each leads to the documents that have it. */
export function RowTags({ tags, title, onFilter, onMore }: RowTagsProps) {
  // One more takes no more room than its number.
  const shown = tags.length === shownMax + 1 ? tags : tags.slice(0, shownMax);
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
      {tags.length > shown.length && (
        <li className="flex">
          <button
            type="button"
            aria-label={strings.tags.more(tags.length - shown.length, title)}
            onClick={onMore}
            className={look}
          >
            +{tags.length - shown.length}
          </button>
        </li>
      )}
    </ul>
  );
}
