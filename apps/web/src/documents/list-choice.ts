import { distinctTags, faultOfTag, tagsMax, trimTag } from "@scriptorium/protocol";
import type { DeviceStore } from "../ui/device-store";

/** Where documents are looked for. */
export const shelves = ["all", "recent", "starred", "trash"] as const;
export type Shelf = (typeof shelves)[number];

/** What the shelves can be sorted by, except those that have an order of their own. */
export const sorts = ["updated", "title", "created"] as const;
export type Sort = (typeof sorts)[number];

/** What a person wants to see of the documents. */
export interface ListChoice {
  readonly shelf: Shelf;
  readonly sort: Sort;
  readonly query: string;
  /** Those of the documents that have all of these. */
  readonly tags: readonly string[];
}

const queryLengthMax = 200;

/** What the address asks for; where it says nothing, what was chosen last on this device. */
export function readChoice(search: string, store: DeviceStore): ListChoice {
  const parameters = new URLSearchParams(search);
  return {
    shelf: oneOf(shelves, parameters.get("show")) ?? oneOf(shelves, store.get("documents.show")) ?? "all",
    sort: oneOf(sorts, parameters.get("sort")) ?? oneOf(sorts, store.get("documents.sort")) ?? "updated",
    query: (parameters.get("q") ?? "").slice(0, queryLengthMax),
    tags: distinctTags(parameters.getAll("tag").map(trimTag).filter(isTag)).slice(0, tagsMax),
  };
}

/** Remembers a choice for the next visit. Nobody wants to begin with the trash, or with what was looked for
 * last time. */
export function rememberChoice({ shelf, sort }: ListChoice, store: DeviceStore): void {
  if (shelf !== "trash") store.set("documents.show", shelf);
  store.set("documents.sort", sort);
}

/** The address of a choice. */
export function addressOf({ shelf, sort, query, tags }: ListChoice): string {
  const parameters = new URLSearchParams({ show: shelf, sort });
  if (query !== "") parameters.set("q", query);
  for (const tag of tags) parameters.append("tag", tag);
  return `/?${parameters}`;
}

function isTag(text: string): boolean {
  return faultOfTag(text) === undefined;
}

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | null | undefined,
): Value | undefined {
  return values.find((value) => value === text);
}
