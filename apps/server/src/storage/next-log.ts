import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type DirectoryLock, LogError, nodeFiles } from "@scriptorium/log";

/** Files are renamed, and projections deleted: seconds at most. */
const lockAttempts = 200;
const lockPauseMs = 50;

/**
 * A log that is complete, and is to take the place of the one there is: whoever opens the data directory next sees to that,
 * so that it does not matter when whoever made it was killed.
 */
export function nextLogDirectory(dataDirectory: string): string {
  return join(dataDirectory, "log.next");
}

/**
 * Puts the next log, if there is one, into its place. The one before is kept beside it. Interrupted, it goes on when it is
 * called again; of several who call it at once, one does it. Nobody may have the log open but whoever made the next one.
 *
 * @returns where the log before is now; undefined if there is no next log, or was none before
 * @throws {LogError} LOCKED: somebody else has been doing it for long
 */
export async function adoptNextLog(dataDirectory: string): Promise<string | undefined> {
  if (!existsSync(nextLogDirectory(dataDirectory))) return undefined;
  const lock = await lockSoon(dataDirectory);
  try {
    return await adopt(dataDirectory);
  } finally {
    await lock.release();
  }
}

async function adopt(dataDirectory: string): Promise<string | undefined> {
  const next = nextLogDirectory(dataDirectory);
  if (!existsSync(next)) return undefined;
  const log = join(dataDirectory, "log");
  let kept: string | undefined;
  if (existsSync(log)) {
    kept = freeName(join(dataDirectory, "log.before-import"));
    await rename(log, kept);
    await sync(dataDirectory);
  }
  // They belong to the log before, and count positions as it did: they must never meet the next one.
  await rm(join(dataDirectory, "projections"), { recursive: true, force: true });
  await rename(next, log);
  await sync(dataDirectory);
  return kept;
}

async function lockSoon(directory: string): Promise<DirectoryLock> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await nodeFiles.lock(directory);
    } catch (error) {
      if (!(error instanceof LogError) || error.code !== "LOCKED" || attempt === lockAttempts) throw error;
      await pause(lockPauseMs);
    }
  }
}

function freeName(wanted: string): string {
  for (let number = 1; ; number++) {
    const name = `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}

async function sync(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
