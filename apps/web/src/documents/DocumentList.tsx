import { type KeyboardEvent, useRef } from "react";
import type { DocumentSummary } from "../api/document-summary";
import { strings } from "../ui/strings";
import { DocumentRow } from "./DocumentRow";
import { nextRow } from "./next-row";
import { useNow } from "./useNow";

/** The rows. The arrow keys move among them; each is a link. */
export function DocumentList({ documents }: { readonly documents: readonly DocumentSummary[] }) {
  const now = useNow();
  const list = useRef<HTMLUListElement>(null);

  const move = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const current = links.findIndex((link) => link.matches(":focus"));
    const next = nextRow(event.key, current, links.length);
    if (current === -1 || next === undefined) return;
    event.preventDefault();
    links[next]?.focus();
  };

  return (
    <ul ref={list} aria-label={strings.documents.list} onKeyDown={move} className="border-line border-t">
      {documents.map((document) => (
        <DocumentRow key={document.id} document={document} nowMs={now} />
      ))}
    </ul>
  );
}
