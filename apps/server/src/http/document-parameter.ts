import { type DocumentId, parseDocumentId } from "@scriptorium/ids";
import type { CatalogueEntry } from "../projections/projection-reader";
import { Problem } from "./problem";

/** A route with a document's ID in its path. */
export interface IdParameter {
  Params: { id: string };
}

/** @throws {Problem} INVALID_ID */
export function documentIdOf(text: string): DocumentId {
  const id = parseDocumentId(text);
  if (id === undefined) {
    throw new Problem("INVALID_ID", "A document's ID is a ULID: 26 characters of Crockford's base 32.");
  }
  return id;
}

/** @throws {Problem} UNKNOWN_DOCUMENT */
export function known(entry: CatalogueEntry | undefined): CatalogueEntry {
  if (entry === undefined) throw new Problem("UNKNOWN_DOCUMENT", "There is no document with this ID.");
  return entry;
}

/**
 * A document that is not in the trash.
 *
 * @throws {Problem} UNKNOWN_DOCUMENT, IN_TRASH
 */
export function present(entry: CatalogueEntry | undefined): CatalogueEntry {
  const document = known(entry);
  if (document.deletedMs !== null) {
    throw new Problem("IN_TRASH", "This document is in the trash. Restore it first.");
  }
  return document;
}
