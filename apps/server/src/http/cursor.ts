import type { CatalogueCursor } from "../projections/projection-reader";
import { Problem } from "./problem";

/** A cursor is opaque to clients: `<updatedMs>.<id>` in base64url. */
export function encodeCursor({ updatedMs, id }: CatalogueCursor): string {
  return Buffer.from(`${updatedMs}.${id}`).toString("base64url");
}

/** @throws {Problem} 400 for a text that is no cursor. */
export function decodeCursor(cursor: string): CatalogueCursor {
  const match = /^(\d{1,16})\.([0-9A-Z]{26})$/.exec(Buffer.from(cursor, "base64url").toString());
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new Problem(400, "The cursor is not one that this server gave out. Begin again without one.");
  }
  return { updatedMs: Number(match[1]), id: match[2] };
}
