import type { DocumentSummary, SnippetPart } from "../api/document-summary";
import type { KnownDocument } from "./known-documents";
import type { Star } from "./stars";

/** What the time of a row is the time of. */
export type RowTimeKind = "edited" | "created" | "opened" | "deleted";

/** A document as a list shows it. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly editors: number;
  /** Undefined where this device does not know any. */
  readonly time?: { readonly kind: RowTimeKind; readonly ms: number } | undefined;
  /** Where the text matches what is looked for. */
  readonly snippet?: readonly SnippetPart[] | undefined;
  /** Undefined where this device does not know them. */
  readonly tags?: readonly string[] | undefined;
}

/** @param kind which of its times is shown; one that was never deleted shows when it was edited */
export function rowOf(document: DocumentSummary, kind: Exclude<RowTimeKind, "opened"> = "edited"): Row {
  const { id, title, editors, snippet, tags, createdAt, updatedAt, deletedAt } = document;
  const at = kind === "created" ? createdAt : ((kind === "deleted" ? deletedAt : undefined) ?? updatedAt);
  return { id, title, editors, snippet, tags, time: { kind, ms: Date.parse(at) } };
}

export function rowOfKnown({ id, title, openedAtMs }: KnownDocument): Row {
  return { id, title, editors: 0, time: { kind: "opened", ms: openedAtMs } };
}

export function rowOfStar({ id, title }: Star): Row {
  return { id, title, editors: 0 };
}

/** The first of the rows of each document. */
export function distinctRows(rows: Iterable<Row>): readonly Row[] {
  const byId = new Map<string, Row>();
  for (const row of rows) if (!byId.has(row.id)) byId.set(row.id, row);
  return [...byId.values()];
}
