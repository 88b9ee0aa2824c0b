import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { Author } from "../api/document-metrics";
import type { Participant } from "../collaboration/list-participants";
import { paletteStyle } from "../collaboration/palette-style";
import { relativeTime } from "../documents/relative-time";
import { useNow } from "../documents/useNow";
import { formatMoment, formatShortCount } from "./format";
import { type AuthorKey, type AuthorOrder, authorKeys, nextOrder, sortAuthors } from "./sort-authors";
import { words } from "./words";

interface AuthorsTableProps {
  readonly authors: readonly Author[];
  /** How many are not among them. */
  readonly othersCount: number;
  readonly people: readonly Participant[];
}

/** Who edited how much, by the column that is chosen. */
export function AuthorsTable({ authors, othersCount, people }: AuthorsTableProps) {
  const [order, setOrder] = useState<AuthorOrder>({ key: "edits", descending: true });
  const nowMs = useNow();
  const { heading, unknown, others, none } = words.authors;
  if (authors.length === 0) return <p className="text-ink-soft text-sm">{none}</p>;
  return (
    <>
      <table className="w-full table-fixed text-sm tabular-nums">
        <caption className="sr-only">{heading}</caption>
        <thead className="text-ink-soft text-xs">
          <tr className="border-line border-b">
            {authorKeys.map((key) => (
              <Heading key={key} column={key} order={order} onSort={() => setOrder(nextOrder(order, key))} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortAuthors(authors, order, unknown).map((author) => (
            <tr key={author.id} className="border-line border-b">
              <th scope="row" className="py-1.5 pr-1 text-left font-normal">
                <Name author={author} person={people.find(({ id }) => id === author.id)} />
              </th>
              <td className="py-1.5 pl-2 text-right">{formatShortCount(author.edits)}</td>
              <td className="py-1.5 pl-2 text-right">{formatShortCount(author.inserted)}</td>
              <td className="py-1.5 pl-2 text-right">{formatShortCount(author.deleted)}</td>
              <td className="py-1.5 pl-2 text-right text-xs">
                <time dateTime={author.lastAt} title={formatMoment(Date.parse(author.lastAt))}>
                  {relativeTime(Date.parse(author.lastAt), nowMs)}
                </time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {othersCount > 0 && <p className="pt-2 text-ink-soft text-sm">{others(othersCount)}</p>}
    </>
  );
}

interface HeadingProps {
  readonly column: AuthorKey;
  readonly order: AuthorOrder;
  readonly onSort: () => void;
}

const widths: Partial<Record<AuthorKey, string>> = { name: "w-[26%]", lastAt: "w-[19%]" };

function Heading({ column, order, onSort }: HeadingProps) {
  const isSorted = order.key === column;
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (order.descending ? "descending" : "ascending") : undefined}
      className={`p-0 font-normal ${widths[column] ?? ""} ${column === "name" ? "text-left" : "text-right"}`}
    >
      <button
        type="button"
        onClick={onSort}
        className={`inline-flex min-h-8 max-w-full items-center gap-0.5 rounded-control hover:text-ink focus-visible:outline-offset-[-2px] pointer-coarse:min-h-11 ${isSorted ? "font-medium text-ink" : ""}`}
      >
        {isSorted && column !== "name" && <Arrow aria-hidden size={11} strokeWidth={2} />}
        <span className="truncate">{words.authors.columns[column]}</span>
        {isSorted && column === "name" && <Arrow aria-hidden size={11} strokeWidth={2} />}
      </button>
    </th>
  );
}

interface NameProps {
  readonly author: Author;
  /** Undefined if they are not here. */
  readonly person: Participant | undefined;
}

function Name({ author, person }: NameProps) {
  const { unknown, you, here } = words.authors;
  // Who is here may have taken another name since.
  const name = person?.name ?? author.name ?? unknown;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={name}>
      {person === undefined ? (
        <span aria-hidden className="size-2 shrink-0 rounded-full border border-line-strong" />
      ) : (
        <span style={paletteStyle(person)} className="person person-fill size-2 shrink-0 rounded-full">
          <span className="sr-only">{here}</span>
        </span>
      )}
      <span dir="auto" className={`truncate ${author.name === null && !person ? "text-ink-soft" : ""}`}>
        {name}
      </span>
      {person?.self && <span className="shrink-0 text-ink-soft text-xs">({you})</span>}
    </span>
  );
}
