import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { RowTags } from "../tags/RowTags";
import { strings } from "../ui/strings";
import { EditingBadge } from "./EditingBadge";
import { markTitle } from "./local-search";
import { MarkedText } from "./MarkedText";
import { RenameField } from "./RenameField";
import { RowMenuButton } from "./RowMenuButton";
import { RowTime } from "./RowTime";
import type { Row } from "./row";
import { StarButton } from "./StarButton";
import type { RowActions } from "./useRowActions";

interface DocumentRowProps {
  readonly row: Row;
  readonly nowMs: number;
  /** What is looked for. */
  readonly query: string;
  readonly actions: RowActions;
  readonly isStarred: boolean;
  readonly onStar: () => void;
  readonly onTrash: () => void;
}

export function DocumentRow({ row, nowMs, query, actions, isStarred, onStar, onTrash }: DocumentRowProps) {
  const [isRenaming, setRenaming] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const takesFocus = useRef(false);
  useEffect(() => {
    if (isRenaming || !takesFocus.current) return;
    takesFocus.current = false;
    item.current?.querySelector("a")?.focus();
  }, [isRenaming]);
  const { id, title, editors, time, snippet, tags = [] } = row;
  const href = `/d/${id}`;
  const name = title === "" ? strings.untitled : title;
  return (
    <li ref={item} className="group flex items-center border-line border-b">
      {isRenaming ? (
        <RenameField
          title={title}
          onDone={(next, byKey) => {
            takesFocus.current = byKey;
            setRenaming(false);
            if (next !== undefined) actions.rename(row, next);
          }}
        />
      ) : (
        <div className="relative -ml-3 min-w-0 grow rounded-control hover:bg-hover">
          <Link
            href={href}
            data-document={id}
            aria-keyshortcuts="s t Delete"
            className={`grid grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-4 rounded-control px-3 after:absolute after:inset-0 focus-visible:-outline-offset-2 sm:grid-cols-[minmax(0,1fr)_auto_8.5rem] ${tags.length === 0 ? "min-h-15 py-2.5" : "pt-2.5 pb-1.5"}`}
          >
            <span
              dir="auto"
              className={`truncate text-left font-medium ${title === "" ? "text-ink-faint" : "text-ink"}`}
            >
              <MarkedText parts={markTitle(name, query)} />
            </span>
            <EditingBadge editors={editors} />
            <span className="col-start-1 row-start-2 text-ink-faint text-sm tabular-nums sm:col-start-3 sm:row-start-1 sm:text-right">
              {time !== undefined && <RowTime time={time} nowMs={nowMs} />}
            </span>
            {snippet !== undefined && snippet.length > 0 && (
              <span
                dir="auto"
                className="col-span-full row-start-3 line-clamp-2 break-words pt-0.5 text-ink-soft text-sm sm:row-start-2"
              >
                <MarkedText parts={snippet} />
              </span>
            )}
          </Link>
          {tags.length > 0 && (
            <RowTags
              tags={tags}
              title={name}
              onFilter={actions.filterBy}
              onMore={() => actions.editTags(row)}
            />
          )}
        </div>
      )}
      <StarButton title={name} isStarred={isStarred} onToggle={onStar} />
      <RowMenuButton
        label={strings.documents.moreOf(name)}
        href={href}
        isStarred={isStarred}
        onStar={onStar}
        onRename={() => setRenaming(true)}
        onTags={() => actions.editTags(row)}
        onCopyLink={() => actions.copyLink(row)}
        onDuplicate={() => actions.duplicate(row)}
        onTrash={onTrash}
        onFailure={actions.loadFailed}
      />
    </li>
  );
}
