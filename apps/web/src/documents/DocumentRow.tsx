import { Link } from "wouter";
import type { DocumentSummary } from "../api/document-summary";
import { strings } from "../ui/strings";
import { EditingBadge } from "./EditingBadge";
import { relativeTime } from "./relative-time";

interface DocumentRowProps {
  readonly document: DocumentSummary;
  readonly nowMs: number;
}

export function DocumentRow({ document, nowMs }: DocumentRowProps) {
  const updated = new Date(document.updatedAt);
  const when = relativeTime(updated.getTime(), nowMs);
  return (
    <li className="border-line border-b">
      <Link
        href={`/d/${document.id}`}
        className="-mx-3 grid min-h-15 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 rounded-control px-3 py-2.5 hover:bg-hover focus-visible:-outline-offset-2 sm:grid-cols-[minmax(0,1fr)_auto_8.5rem]"
      >
        <span className={`truncate font-medium ${document.title === "" ? "text-ink-faint" : "text-ink"}`}>
          {document.title === "" ? strings.untitled : document.title}
        </span>
        <EditingBadge editors={document.editors} />
        <time
          dateTime={document.updatedAt}
          title={updated.toLocaleString(strings.locale, { dateStyle: "long", timeStyle: "short" })}
          className="col-start-1 row-start-2 text-ink-faint text-sm tabular-nums sm:col-start-3 sm:row-start-1 sm:text-right"
        >
          {when}
        </time>
      </Link>
    </li>
  );
}
