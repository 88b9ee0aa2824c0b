import { Link } from "wouter";
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
export function TrashRow({ row: { id, title, time, snippet }, nowMs, query, onRestore }: TrashRowProps) {
  const name = title === "" ? strings.untitled : title;
  return (
    <li className="flex min-h-15 items-center gap-4 border-line border-b py-2.5">
      <Link
        href={`/d/${id}`}
        className="-mx-3 flex min-w-0 grow flex-col rounded-control px-3 py-1 hover:bg-hover focus-visible:-outline-offset-2"
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
      <Button aria-label={strings.documents.restoreOf(name)} onClick={onRestore}>
        {strings.documents.restore}
      </Button>
    </li>
  );
}
