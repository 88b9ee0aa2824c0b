import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSnowflake } from "@scriptorium/ids";
import { z } from "zod";
import { currentFormat } from "../data-format/format-file";
import { toJsonLine } from "../operations/json";
import { OperationError } from "../operations/operation-error";

export const manifestName = "manifest.json";
/** Of the backup's layout, not of the log's files. */
const manifestVersion = 1;

const file = z.object({
  // Nothing outside the backup can be named.
  path: z.string().regex(/^log\/(?:\d{20}\.(?:seg|sealed)|[A-Z]{1,32})$/),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifest = z.object({
  format: z.literal("scriptorium-backup"),
  version: z.literal(manifestVersion),
  product: z.string(),
  createdAt: z.iso.datetime(),
  /** Of the data directory; backups made before there were others have none, and the first. */
  dataFormat: z.int().min(1).default(1),
  log: z.object({
    /** Of the last record; 0 if there is none. */
    position: z.int().min(0),
    /** The highest one. */
    revision: z.string().transform((text, { addIssue }) => {
      const revision = parseSnowflake(text);
      if (revision === undefined) addIssue("not a revision");
      return revision ?? 0n;
    }),
    records: z.int().min(0),
  }),
  files: z.array(file),
  /** Damage that the log had when the backup was made. */
  damages: z.array(z.object({ file: z.string(), offset: z.int().nullable(), what: z.string() })),
});

export type Manifest = z.infer<typeof manifest>;
/** A file of a backup: its path there, its size, and the SHA-256 of its bytes in hexadecimal. */
export type ManifestFile = z.infer<typeof file>;

/** Size of a backup's files together. */
export function bytesOf(files: readonly ManifestFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The manifest as the file `manifest.json` holds it. */
export function encodeManifest(content: Omit<Manifest, "format" | "version">): string {
  return toJsonLine({ format: "scriptorium-backup", version: manifestVersion, ...content });
}

/**
 * Reads the manifest of the backup in `directory`.
 *
 * @throws {OperationError} NOT_FOUND: this is no backup, or an unfinished one. UNSUPPORTED_VERSION. DAMAGED
 */
export async function readManifest(directory: string): Promise<Manifest> {
  const path = join(directory, manifestName);
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT" && cause.code !== "ENOTDIR") throw cause;
    throw new OperationError("NOT_FOUND", `${directory} is not a backup: it has no ${manifestName}`, {
      cause,
    });
  });
  const content = parseJson(text, path);
  const known = z.object({ format: z.literal("scriptorium-backup"), version: z.int() }).safeParse(content);
  if (!known.success) throw new OperationError("DAMAGED", `${path} is not the manifest of a backup`);
  if (known.data.version > manifestVersion) {
    throw new OperationError(
      "UNSUPPORTED_VERSION",
      `${directory} has format ${known.data.version}, newer than this release knows. Restore it with the release that made it, or a newer one`,
    );
  }
  const parsed = manifest.safeParse(content);
  if (parsed.success) {
    const { dataFormat, product } = parsed.data;
    if (dataFormat <= currentFormat) return parsed.data;
    const message = `${directory} holds data of format ${dataFormat}, and this release knows formats up to ${currentFormat}. Restore it with Scriptorium ${product} or newer`;
    throw new OperationError("UNSUPPORTED_VERSION", message);
  }
  throw new OperationError("DAMAGED", `${path} is damaged: ${z.prettifyError(parsed.error)}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OperationError("DAMAGED", `${path} is damaged: it is not JSON. Use another backup`, { cause });
  }
}
