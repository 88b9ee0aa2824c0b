import { existsSync } from "node:fs";
import type { DocumentId } from "@scriptorium/ids";
import BetterSqlite3 from "better-sqlite3";
import { schemaVersion } from "../../projections/schema";

/**
 * The title of a document, as the projections of a server know it, running or not; undefined if there is none, or there
 * are no projections that this release can read.
 */
export function findTitle(databaseFile: string, id: DocumentId): string | undefined {
  if (!existsSync(databaseFile)) return undefined;
  let database: BetterSqlite3.Database | undefined;
  try {
    database = new BetterSqlite3(databaseFile, { readonly: true });
    if (database.pragma("user_version", { simple: true }) !== schemaVersion) return undefined;
    return database
      .prepare<[string], { title: string }>("SELECT title FROM documents WHERE id = ? AND title IS NOT NULL")
      .get(id)?.title;
  } catch {
    // Damaged, or of another user: what the ID says is still worth telling.
    return undefined;
  } finally {
    database?.close();
  }
}
