import { expect, test } from "vitest";
import type { Author } from "../api/document-metrics";
import { type AuthorKey, nextOrder, sortAuthors } from "./sort-authors";

const author = (id: string, name: string | null, edits: number, lastAt: string): Author => ({
  ...{ id, name, edits, lastAt },
  inserted: 10 * edits,
  deleted: 9 - edits,
});

// As the server sends them: most edits first.
const authors = [
  author("1", "Grace", 5, "2026-11-21T14:00:00.000Z"),
  author("2", null, 3, "2026-11-21T16:00:00.000+02:00"),
  author("3", "ada", 3, "2026-11-21T15:00:00.000Z"),
];

function ids(key: AuthorKey, descending: boolean): string {
  return sortAuthors(authors, { key, descending }, "Unknown")
    .map(({ id }) => id)
    .join("");
}

test("sorts by any column, and leaves equals as they came", () => {
  expect([ids("edits", true), ids("edits", false)]).toEqual(["123", "231"]);
  expect([ids("inserted", true), ids("deleted", true)]).toEqual(["123", "231"]);
  expect([ids("name", false), ids("name", true)]).toEqual(["312", "213"]);
  // Moments, not their spelling.
  expect(ids("lastAt", true)).toBe("312");
});

test("turns the order round at the second click, and begins with what is of interest", () => {
  const byEdits = { key: "edits", descending: true } as const;
  expect(nextOrder(byEdits, "edits")).toEqual({ key: "edits", descending: false });
  expect(nextOrder(byEdits, "name")).toEqual({ key: "name", descending: false });
  expect(nextOrder(byEdits, "lastAt")).toEqual({ key: "lastAt", descending: true });
});
