import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * A log that is complete, and is to take the place of the one there is: whoever opens the data directory next sees to that,
 * so that it does not matter when whoever made it was killed.
 */
export function nextLogDirectory(dataDirectory: string): string {
  return join(dataDirectory, "log.next");
}

/**
 * Puts the next log, if there is one, into its place. The one before is kept beside it. Interrupted, it goes on when it is
 * called again. Nobody may have the log open.
 *
 * @returns where the log before is now; undefined if there is no next log, or was none before
 */
export async function adoptNextLog(dataDirectory: string): Promise<string | undefined> {
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
