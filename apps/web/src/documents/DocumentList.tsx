import { type KeyboardEvent, useRef } from "react";
import { strings } from "../ui/strings";
import { DocumentRow } from "./DocumentRow";
import { loadRowMenu } from "./load-row-menu";
import { nextRow } from "./next-row";
import type { Row } from "./row";
import { TrashRow } from "./TrashRow";
import { useNow } from "./useNow";
import type { RowActions } from "./useRowActions";
import type { Stars } from "./useStars";

export interface DocumentListProps {
  readonly rows: readonly Row[];
  readonly inTrash: boolean;
  readonly query: string;
  readonly actions: RowActions;
  readonly stars: Stars;
}

/** The rows. The arrow keys move among them, `s` stars, `t` tags, Delete puts into the trash; each is a link. */
export function DocumentList({ rows, inTrash, query, actions, stars }: DocumentListProps) {
  const now = useNow();
  const list = useRef<HTMLUListElement>(null);

  const linksOf = () => [...(list.current?.querySelectorAll("a") ?? [])];

  /** The focus stays in the list when the row goes. */
  const trash = (row: Row) => {
    const links = linksOf();
    const at = links.findIndex((link) => link.dataset.document === row.id);
    (links[at + 1] ?? links[at - 1])?.focus();
    actions.trash(row);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey) return;
    const links = linksOf();
    const current = links.findIndex((link) => link.matches(":focus"));
    const row = rows[current];
    if (row === undefined) return;
    // Keyboards of Macs have no Delete.
    const isDelete = event.metaKey ? event.key === "Backspace" : event.key === "Delete";
    if (event.metaKey && !isDelete) return;
    const next = nextRow(event.key, current, links.length);
    if (next !== undefined) links[next]?.focus();
    else if (event.key === "s" && !inTrash) stars.toggle(row);
    else if (event.key === "t" && !inTrash) actions.editTags(row);
    else if (isDelete && !inTrash) trash(row);
    else return;
    event.preventDefault();
  };

  const preload = () => void loadRowMenu().catch(() => undefined);
  return (
    <ul
      ref={list}
      aria-label={strings.documents.list}
      onKeyDown={onKeyDown}
      onPointerEnter={preload}
      onFocus={preload}
      className="border-line border-t"
    >
      {rows.map((row) =>
        inTrash ? (
          <TrashRow key={row.id} row={row} nowMs={now} query={query} onRestore={() => actions.restore(row)} />
        ) : (
          <DocumentRow
            key={row.id}
            row={row}
            nowMs={now}
            query={query}
            actions={actions}
            isStarred={stars.has(row.id)}
            onStar={() => stars.toggle(row)}
            onTrash={() => trash(row)}
          />
        ),
      )}
    </ul>
  );
}
