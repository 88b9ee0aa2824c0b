import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type ImportLimits, importLimits } from "./limits";
import { Refusal } from "./refusal";
import { Zip } from "./zip";

/** A file that may become a document. */
export interface Candidate {
  /** With `/` between its parts; from the directory that is imported, or in a zip archive. */
  readonly path: string;
  readonly modifiedMs: number;
  /** @throws {Refusal} */
  read(): Promise<Uint8Array>;
}

/** What looking for files comes to, one after the other. */
export type Found = Candidate | { readonly path: string; readonly refusal: string };

/**
 * All files at a path: those in a directory and below, those in zip archives, or the one file. Hidden ones are passed over, as
 * editors and systems keep theirs there. Links are not followed.
 */
export async function* findCandidates(
  path: string,
  limits: ImportLimits = importLimits,
): AsyncGenerator<Found, void, undefined> {
  const { isDirectory, isFile } = await kindOf(path);
  if (isDirectory) yield* inDirectory(path, "", limits);
  else if (isFile) yield* ofFile(path, basename(path), limits);
  else yield { path: basename(path), refusal: "is neither a file nor a directory" };
}

async function kindOf(path: string): Promise<{ isDirectory: boolean; isFile: boolean }> {
  const stats = await stat(path);
  return { isDirectory: stats.isDirectory(), isFile: stats.isFile() };
}

async function* inDirectory(
  root: string,
  below: string,
  limits: ImportLimits,
): AsyncGenerator<Found, void, undefined> {
  // In an order that does not depend on the file system.
  const entries = (await readdir(join(root, below), { withFileTypes: true })).toSorted(byName);
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* inDirectory(root, path, limits);
    else if (entry.isFile()) yield* ofFile(join(root, path), path, limits);
    else yield { path, refusal: entry.isSymbolicLink() ? "is a link" : "is no file" };
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

async function* ofFile(
  file: string,
  path: string,
  limits: ImportLimits,
): AsyncGenerator<Found, void, undefined> {
  if (/\.zip$/i.test(path)) {
    yield* inZip(file, path, limits);
    return;
  }
  const { mtimeMs } = await stat(file);
  // Whoever sets the time of a file to a millisecond may get the last microsecond before it.
  yield { path, modifiedMs: Math.round(mtimeMs), read: () => readUpTo(file, bytesMaxOf(path, limits)) };
}

/** As the largest of its kind may be. */
function bytesMaxOf(path: string, { etherpadBytesMax, fileBytesMax }: ImportLimits): number {
  return isEtherpad(path) ? etherpadBytesMax : fileBytesMax;
}

export function isEtherpad(path: string): boolean {
  return /\.etherpad$/i.test(path);
}

async function readUpTo(file: string, bytesMax: number): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > bytesMax) throw new Refusal(`is larger than ${bytesMax} bytes`);
  return readFile(file);
}

async function* inZip(
  file: string,
  path: string,
  limits: ImportLimits,
): AsyncGenerator<Found, void, undefined> {
  const { zipBytesMax, unpackedBytesMax } = limits;
  let zip: Zip;
  try {
    const { size } = await stat(file);
    if (size > zipBytesMax) throw new Refusal(`is larger than ${zipBytesMax} bytes`);
    zip = await Zip.open(file);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { path, refusal: error.message };
    return;
  }
  // One for all: many small bombs are one large one.
  let allowance = unpackedBytesMax;
  try {
    for (const { name, modifiedMs, read } of zip.entries) {
      const inside = name.replaceAll("\\", "/");
      if (isHidden(inside)) continue;
      yield {
        path: `${path}/${inside}`,
        modifiedMs,
        read: async () => {
          if (allowance <= 0)
            throw new Refusal(`is in an archive that unpacks to more than ${unpackedBytesMax} bytes`);
          const bytesMax = Math.min(allowance, bytesMaxOf(inside, limits));
          try {
            const bytes = await read(bytesMax);
            allowance -= bytes.length;
            return bytes;
          } catch (error) {
            // What is refused for its size has cost as much.
            allowance -= bytesMax;
            throw error;
          }
        },
      };
    }
  } finally {
    await zip.close();
  }
}

/** Also what systems add to archives on their own. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");
}
