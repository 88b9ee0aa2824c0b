import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { backupName, backupTime } from "./backup-name";
import { manifestName } from "./manifest";

/** What a crash leaves while one is made, and what is left of one that is being removed. */
const unfinished = /^(.+)\.unfinished-[0-9a-z]+$/;

/** When the scheduled backups in a directory began, newest first. One without a manifest is none. */
export async function listBackups(directory: string): Promise<Date[]> {
  return (await namesIn(directory))
    .flatMap((name) => backupTime(name) ?? [])
    .filter((at) => existsSync(join(directory, backupName(at), manifestName)))
    .sort((one, other) => other.getTime() - one.getTime());
}

/** Removes what a crash left of scheduled backups; those of others may be under way. */
export async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await namesIn(directory)) {
    const [, base = ""] = unfinished.exec(name) ?? [];
    if (backupTime(base) !== undefined) await rm(join(directory, name), { recursive: true, force: true });
  }
}

/** Takes away its name first: half a backup is never taken for one. */
export async function removeBackup(directory: string, at: Date): Promise<void> {
  const path = join(directory, backupName(at));
  const going = `${path}.unfinished-removal`;
  await rename(path, going);
  await rm(going, { recursive: true, force: true });
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}
