import { createHash, randomBytes } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { lstat, open, readdir, rename, rm, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";

/** A file as the directory has it, without its content. */
export interface Found {
  /** Another one whenever the file is written or replaced. */
  readonly stamp: string;
  readonly isFile: boolean;
  readonly bytes: number;
  readonly changedMs: number;
  readonly mode: number;
}

const temporaryName = /^\.scriptorium-[0-9a-f]{16}\.tmp$/;
/** What editors, file managers and browsers put beside a file while they work on it, or keep of it. */
const passing = /^[.#]|~$|\.(?:tmp|temp|swp|swx|part|partial|crdownload|bak|orig)$|^4913$/i;
/** Hashed in one go. */
const sliceBytes = 1024 * 1024;

/** Whether a name is none of a text, but of what programs leave beside texts for a while. */
export function isPassing(name: string): boolean {
  return passing.test(name);
}

/** Names a content. */
export async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    hash.update(bytes.subarray(at, at + sliceBytes));
    // A large file must not hold up those who type.
    if (at + sliceBytes < bytes.length) await turn();
  }
  return hash.digest("base64url");
}

/** The directory of the mirror: files by their names, and nothing below. */
export class MirrorDirectory {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Undefined if there is nothing of this name. Links are not followed. */
  async find(name: string): Promise<Found | undefined> {
    try {
      return foundOf(await lstat(join(this.path, name)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** All names but those of what programs leave there for a while. */
  async names(): Promise<string[]> {
    return (await readdir(this.path)).filter((name) => !isPassing(name));
  }

  /** The content of a file; undefined if it changes meanwhile, or is none any more. */
  async read(name: string, { stamp }: Found): Promise<Buffer | undefined> {
    try {
      const file = await open(join(this.path, name), constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        const bytes = await file.readFile();
        return (await this.find(name))?.stamp === stamp ? bytes : undefined;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error) || isLink(error)) return undefined;
      throw error;
    }
  }

  /**
   * Puts a file in the place of what was found there, at once or not at all, and on disk when this resolves. Undefined, and
   * nothing is done, if something else is there by now.
   *
   * @param commit called when all is ready, before the file is put there
   * @throws what the system says; nothing is done then
   */
  async replace(
    name: string,
    bytes: Uint8Array,
    before: Found | undefined,
    commit: () => Promise<void>,
  ): Promise<Found | undefined> {
    const temporary = join(this.path, `.scriptorium-${randomBytes(8).toString("hex")}.tmp`);
    let put: Found;
    try {
      const file = await open(temporary, "wx", before === undefined ? 0o640 : before.mode & 0o777);
      try {
        await file.writeFile(bytes);
        await file.datasync();
        // Not later: as soon as it has its name, somebody may edit it.
        put = foundOf(await file.stat());
      } finally {
        await file.close();
      }
      await commit();
      if ((await this.find(name))?.stamp !== before?.stamp) {
        await unlink(temporary);
        return undefined;
      }
      await rename(temporary, join(this.path, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await this.#sync();
    return put;
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(join(this.path, from), join(this.path, to));
    await this.#sync();
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name), { force: true });
  }

  /** Removes what a process that was killed has left unfinished. */
  async tidy(): Promise<void> {
    for (const name of await readdir(this.path)) {
      if (temporaryName.test(name)) await this.remove(name);
    }
  }

  /** Renames survive a power cut then, where the file system can promise that: not all can. */
  async #sync(): Promise<void> {
    const directory = await open(this.path, "r").catch(() => undefined);
    await directory?.sync().catch(() => undefined);
    await directory?.close();
  }
}

function foundOf(stats: Stats): Found {
  const { ino, size, mtimeMs, ctimeMs, mode } = stats;
  return {
    stamp: `${ino} ${size} ${mtimeMs}`,
    isFile: stats.isFile(),
    bytes: size,
    changedMs: ctimeMs,
    mode,
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function isLink(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ELOOP";
}
