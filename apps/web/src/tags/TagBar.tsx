import { X } from "lucide-react";
import { useRef } from "react";
import { strings } from "../ui/strings";
import { tagChipLook } from "./tag-chip-look";

interface TagBarProps {
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
  /** Takes the focus when no tag is left. */
  readonly focusAfter: () => void;
}

/** The tags that a list is filtered by, each with a way to do without it. */
export function TagBar({ tags, onChange, focusAfter }: TagBarProps) {
  const list = useRef<HTMLUListElement>(null);
  if (tags.length === 0) return null;
  const remove = (index: number) => {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const next = buttons[index + 1] ?? buttons[index - 1];
    if (next === undefined) focusAfter();
    else next.focus();
    onChange(tags.filter((_, other) => other !== index));
  };
  return (
    <ul ref={list} aria-label={strings.tags.filter} className="flex flex-wrap gap-1.5 pb-3">
      {tags.map((tag, index) => (
        <li key={tag} className="flex min-w-0 max-w-full">
          <button
            type="button"
            aria-label={strings.tags.filterNoMore(tag)}
            title={tag}
            onClick={() => remove(index)}
            className={`${tagChipLook} gap-1 border border-line-strong pr-1.5 pl-2.5 text-ink hover:bg-hover`}
          >
            <bdi className="truncate">{tag}</bdi>
            <X aria-hidden size={14} strokeWidth={1.75} className="shrink-0" />
          </button>
        </li>
      ))}
    </ul>
  );
}
