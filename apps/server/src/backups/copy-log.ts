import { link, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { OperationError } from "../operations/operation-error";
import { copyFile, hashFile, type ReadOptions } from "./hash-file";
import type { ManifestFile } from "./manifest";

/** An earlier backup whose files may be shared. */
export interface EarlierBackup {
  readonly directory: string;
  readonly files: readonly ManifestFile[];
}

export interface CopyOptions extends ReadOptions {
  /** Share sealed segments with the log itself, as hard links: they never change, and are only ever replaced. */
  readonly linkSealed?: boolean;
}

/** How often a segment may change its form between being looked for and being found. */
const attempts = 3;

/** Files that say where the log begins, and what it lacks. */
const noteName = /^(?!LOCK$)[A-Z]{1,32}$/;
const segmentName = /^(\d{20})\.(?:seg|sealed)$/;

/** Base positions of the segments in a log's directory, 20 digits each, ascending. */
export async function listBases(directory: string): Promise<string[]> {
  const bases = (await readdir(directory)).flatMap((name) => segmentName.exec(name)?.[1] ?? []);
  return [...new Set(bases)].sort();
}

/**
 * Copies a log's files while a server may be writing it, so that `target` holds every record that was there when
 * this was called. That needs no lock: segments only grow, and what replaces one holds the same records.
 *
 * @param target an empty directory
 * @returns the files, with paths in a backup, in order
 * @throws {OperationError} NOT_FOUND: there is no log
 */
export async function copyLog(
  source: string,
  target: string,
  earlier: EarlierBackup | undefined,
  options: CopyOptions,
): Promise<ManifestFile[]> {
  const bases = await listBases(source);
  if (bases.length === 0) throw new OperationError("NOT_FOUND", `there is no log in ${source}`);
  const copier = new Copier(source, target, earlier, options);
  const files: ManifestFile[] = [];
  for (const base of bases) {
    const copied = await copier.segment(base);
    // It went behind the horizon, and so did those before it.
    if (copied.length === 0) for (const { path } of files.splice(0)) await rm(join(target, basename(path)));
    files.push(...copied);
  }
  // Last: the horizon may move while segments are copied. Too many of them do no harm, too few would.
  const notes = (await readdir(source)).filter((name) => noteName.test(name));
  for (const name of notes) files.push(...(await copier.file(name)));
  return files;
}

class Copier {
  readonly #source: string;
  readonly #target: string;
  readonly #earlier: EarlierBackup | undefined;
  readonly #options: CopyOptions;

  constructor(source: string, target: string, earlier: EarlierBackup | undefined, options: CopyOptions) {
    this.#source = source;
    this.#target = target;
    this.#earlier = earlier;
    this.#options = options;
  }

  /**
   * Copies a segment in the form, or forms, in which it is there: it can be sealed, and then removed, at any moment.
   *
   * @returns nothing if it is gone
   */
  async segment(base: string): Promise<ManifestFile[]> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const sealed = await this.file(`${base}.sealed`);
      const plain = await this.file(`${base}.seg`);
      if (sealed.length + plain.length > 0) return [...sealed, ...plain];
    }
    return [];
  }

  /** @returns nothing if there is no such file */
  async file(name: string): Promise<ManifestFile[]> {
    try {
      const shared = (await this.#share(name)) ?? (await this.#linkSource(name));
      if (shared !== undefined) return [shared];
      const digest = await copyFile(join(this.#source, name), join(this.#target, name), this.#options);
      return [{ path: `log/${name}`, ...digest }];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  /** Links the earlier backup's file if it still has the same bytes; undefined if it has not, or cannot be linked. */
  async #share(name: string): Promise<ManifestFile | undefined> {
    const known = this.#earlier?.files.find(({ path }) => path === `log/${name}`);
    if (this.#earlier === undefined || known === undefined || !name.endsWith(".sealed")) return undefined;
    const existing = join(this.#earlier.directory, known.path);
    for (const path of [join(this.#source, name), existing]) {
      const digest = await hashFile(path, { signal: this.#options.signal });
      if (digest.sha256 !== known.sha256) return undefined;
    }
    try {
      await link(existing, join(this.#target, name));
    } catch {
      // On another file system, or one without links, a copy does as well.
      return undefined;
    }
    this.#options.onBytes?.(known.bytes);
    return known;
  }
  /** Links the log's own file, where that is wanted and can be. */
  async #linkSource(name: string): Promise<ManifestFile | undefined> {
    if (this.#options.linkSealed !== true || !name.endsWith(".sealed")) return undefined;
    const own = join(this.#target, name);
    try {
      await link(join(this.#source, name), own);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw error;
      return undefined;
    }
    return { path: `log/${name}`, ...(await hashFile(own, this.#options)) };
  }
}
