import type { CatalogueEntry } from "./projection-reader";
import { titleKey } from "./title-key";

/** What lists can be sorted by: newest first, titles from A to Z. Equals are in the order of their IDs. */
export const catalogueSorts = ["updated", "created", "deleted", "title"] as const;

export type CatalogueSort = (typeof catalogueSorts)[number];

/** Where a page ended: the next begins behind it. */
export interface CatalogueCursor {
  /** Of a search: 0 for what its title matches, 1 for what comes after all of these. */
  readonly tier: 0 | 1;
  /** What the documents are sorted by. */
  readonly key: number | string;
  readonly id: string;
}

interface Order {
  /** Of the table `documents`, in SQL. */
  readonly key: string;
  readonly direction: "ASC" | "DESC";
  /** Comes before every document. */
  readonly beginning: CatalogueCursor;
}

const newestFirst = (key: string): Order => ({
  key,
  direction: "DESC",
  beginning: { tier: 0, key: Number.MAX_SAFE_INTEGER, id: "" },
});

export const catalogueOrders: Readonly<Record<CatalogueSort, Order>> = {
  updated: newestFirst("updated_ms"),
  created: newestFirst("created_ms"),
  deleted: newestFirst("coalesce(deleted_ms, 0)"),
  title: { key: "title_key", direction: "ASC", beginning: { tier: 0, key: "", id: "" } },
};

/** The cursor behind which the documents after `entry` are. */
export function cursorBehind(entry: CatalogueEntry, sort: CatalogueSort, tier: 0 | 1 = 0): CatalogueCursor {
  return { tier, key: sortKey(entry, sort), id: entry.id };
}

function sortKey(entry: CatalogueEntry, sort: CatalogueSort): number | string {
  switch (sort) {
    case "updated":
      return entry.updatedMs;
    case "created":
      return entry.createdMs;
    case "deleted":
      return entry.deletedMs ?? 0;
    case "title":
      return titleKey(entry.title);
  }
}

/** SQL that holds for documents behind a cursor with the parameters `key` and `id`. */
export function isBehind({ key, direction }: Order): string {
  return `(${key}, id) ${direction === "DESC" ? "<" : ">"} (@key, @id)`;
}

/** SQL to sort by. */
export function orderBy({ key, direction }: Order): string {
  return `${key} ${direction}, id ${direction}`;
}
