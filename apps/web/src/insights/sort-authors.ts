import type { Author } from "../api/document-metrics";
import { strings } from "../ui/strings";

export const authorKeys = ["name", "edits", "inserted", "deleted", "lastAt"] as const;
export type AuthorKey = (typeof authorKeys)[number];

export interface AuthorOrder {
  readonly key: AuthorKey;
  readonly descending: boolean;
}

/** The order after a click on the heading of `key`: turned round where it was by that already. */
export function nextOrder(order: AuthorOrder, key: AuthorKey): AuthorOrder {
  if (order.key === key) return { key, descending: !order.descending };
  // Names are looked up from A on; of figures, the largest and the latest are of interest.
  return { key, descending: key !== "name" };
}

/** @param unknown what authors without a name are called */
export function sortAuthors(
  authors: readonly Author[],
  { key, descending }: AuthorOrder,
  unknown: string,
): readonly Author[] {
  const collator = new Intl.Collator(strings.locale, { numeric: true });
  const compare = (one: Author, other: Author): number => {
    if (key === "name") return collator.compare(one.name ?? unknown, other.name ?? unknown);
    if (key === "lastAt") return Date.parse(one.lastAt) - Date.parse(other.lastAt);
    return one[key] - other[key];
  };
  // Among equals the order stays that of the server.
  return authors.toSorted((one, other) => (descending ? compare(other, one) : compare(one, other)));
}
