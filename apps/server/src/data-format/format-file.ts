import { readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { syncDirectory } from "../backups/staging";
import { DataFormatError } from "./data-format-error";

/** The format that this release writes. It opens older ones, after migrating them, and no newer ones. */
export const currentFormat = 2;

const fileName = "format.json";

/** What stays in its place in every format to come, so that a newer one is told from a damaged one. */
const heading = z.object({
  format: z.literal("scriptorium-data"),
  version: z.int().min(1),
  /** The release that wrote this. */
  product: z.string(),
});

const schema = heading.extend({
  /** A migration that is under way: it began with a backup, in the directory's `backups`. */
  migration: z.object({ to: z.int().min(2), backup: z.string(), startedAt: z.iso.datetime() }).optional(),
});

/** What `format.json` says of a data directory. */
export type FormatNote = Omit<z.infer<typeof schema>, "format">;

/**
 * What format the data directory has; undefined where nobody has noted that: it is of a release that did not, with format
 * 1, or there is nothing yet.
 *
 * @throws {DataFormatError} NEWER, UNREADABLE
 */
export function readFormat(dataDirectory: string): FormatNote | undefined {
  const path = join(dataDirectory, fileName);
  const content = readJson(path);
  if (content === undefined) return undefined;
  const { data: known } = heading.safeParse(content);
  const { data: note } = schema.safeParse(content);
  if (known !== undefined && known.version > currentFormat) throw newer(dataDirectory, known);
  if (note !== undefined && (note.migration?.to ?? 0) > currentFormat) throw newer(dataDirectory, note);
  if (note === undefined) {
    const message = `${path} is damaged, so that nobody can tell which format the data has. Restore a backup into another directory`;
    throw new DataFormatError("UNREADABLE", message);
  }
  const { version, product, migration } = note;
  return { version, product, ...(migration && { migration }) };
}

/** Undefined if there is no such file, null if it is no JSON. */
function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function newer(dataDirectory: string, { version, product, migration }: FormatNote): DataFormatError {
  const format =
    migration === undefined ? `format ${version}` : `format ${version}, on its way to ${migration.to}`;
  const message =
    `The data in ${dataDirectory} has ${format}; it was written by Scriptorium ${product}, and this release knows formats up to ${currentFormat}. Nothing was changed.\n` +
    `Start Scriptorium ${product} or newer. To stay with this release, restore a backup that it made, or the one made before the upgrade, in ${join(dataDirectory, "backups")}, into another directory.`;
  return new DataFormatError("NEWER", message);
}

/** Replaces `format.json` at once or not at all; durable when this resolves. */
export async function writeFormat(dataDirectory: string, note: FormatNote): Promise<void> {
  const path = join(dataDirectory, fileName);
  const unfinished = `${path}.tmp`;
  const handle = await open(unfinished, "w", 0o640);
  try {
    await handle.writeFile(`${JSON.stringify({ format: "scriptorium-data", ...note })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, path);
  await syncDirectory(dataDirectory);
}
