import { strings } from "../ui/strings";
import { tagChipLook } from "./tag-chip-look";
import { tagsInRow } from "./tags-in-row";

interface QuietTagsProps {
  readonly tags: readonly string[];
  /** Of the document. */
  readonly title: string;
}

/** The tags of a document in its row, where they lead nowhere. */
export function QuietTags({ tags, title }: QuietTagsProps) {
  const { shown, rest } = tagsInRow(tags);
  return (
    <ul aria-label={strings.tags.of(title)} className="flex flex-wrap gap-1.5 pt-1">
      {shown.map((tag) => (
        <li key={tag} title={tag} className={`${tagChipLook} px-2 sm:max-w-64`}>
          <bdi className="truncate">{tag}</bdi>
        </li>
      ))}
      {rest.length > 0 && (
        <li title={rest.join(", ")} className={`${tagChipLook} px-2`}>
          <span aria-hidden>+{rest.length}</span>
          <span className="sr-only">{rest.join(", ")}</span>
        </li>
      )}
    </ul>
  );
}
