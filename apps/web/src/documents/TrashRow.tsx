import { Link } from "wouter";
import { QuietTags } from "../tags/QuietTags";
import { Button } from "../ui/Button";
import { strings } from "../ui/strings";
import { markTitle } from "./local-search";
import { MarkedText } from "./MarkedText";
import { RowTime } from "./RowTime";
import type { Row } from "./row";

interface TrashRowProps {
  readonly row: Row;
  readonly nowMs: number;
  readonly query: string;
  readonly onRestore: () => void;
}

/** A document in the trash. Its page says that it was deleted, and shows what this device has of it. */
export function TrashRow({ row, nowMs, query, onRestore }: TrashRowProps) {
  const { id, title, time, snippet, tags = [] } = row;
  const name = title === "" ? strings.untitled : title;
  return (
    <li className="flex min-h-15 items-center gap-4 border-line border-b py-2.5">
      <div className="min-w-0 grow">
        <Link
          href={`/d/${id}`}
          className="-mx-3 flex flex-col rounded-control px-3 py-1 hover:bg-hover focus-visible:-outline-offset-2"
        >
          <span
            dir="auto"
            className={`truncate text-left font-medium ${title === "" ? "text-ink-faint" : "text-ink-soft"}`}
          >
            <MarkedText parts={markTitle(name, query)} />
          </span>
          {snippet !== undefined && snippet.length > 0 && (
            <span dir="auto" className="line-clamp-2 break-words text-ink-soft text-sm">
              <MarkedText parts={snippet} />
            </span>
          )}
          <span className="text-ink-faint text-sm">
            {time !== undefined && <RowTime time={time} nowMs={nowMs} />}
          </span>
        </Link>
        {tags.length > 0 && <QuietTags tags={tags} title={name} />}
      </div>
      <Button aria-label={strings.documents.restoreOf(name)} onClick={onRestore}>
        {strings.documents.restore}
      </Button>
    </li>
  );
}
