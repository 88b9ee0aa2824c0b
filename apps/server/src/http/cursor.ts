import { z } from "zod";
import type { CatalogueCursor, CatalogueSort } from "../projections/catalogue-order";
import { Problem } from "./problem";

const id = z.string().regex(/^[0-9A-Z]{26}$/);
const tier = z.union([z.literal(0), z.literal(1)]);
const byTime = z.tuple([z.enum(["updated", "created", "deleted"]), tier, z.int().min(0), id]);
const byTitle = z.tuple([z.literal("title"), tier, z.string(), id]);
const cursorJson = z.union([byTime, byTitle]);

/** A cursor is opaque to clients: the sort and the place, as JSON in base64url. */
export function encodeCursor(sort: CatalogueSort, { tier, key, id }: CatalogueCursor): string {
  return Buffer.from(JSON.stringify([sort, tier, key, id])).toString("base64url");
}

/**
 * The place in a list sorted by `sort`.
 *
 * @throws {Problem} 400 for a text that is no cursor, or one of another list.
 */
export function decodeCursor(sort: CatalogueSort, cursor: string): CatalogueCursor {
  const parsed = cursorJson.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (!parsed.success || parsed.data[0] !== sort) {
    throw new Problem(
      "INVALID_CURSOR",
      "The cursor is not one that this server gave out. Begin again without one.",
    );
  }
  const [, tier, key, id] = parsed.data;
  return { tier, key, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
