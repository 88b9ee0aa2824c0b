import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../backups/staging";
import { stateDirectory } from "./state-directory";

/**
 * One step from a format to the next. It may be interrupted at any moment and run again, from the beginning. Sealed
 * segments of the log share their bytes with the backup made before: they are replaced, never changed.
 */
export interface Migration {
  /** The format that the data has afterwards. */
  readonly to: number;
  readonly run: (dataDirectory: string) => Promise<void>;
}

/** In order, one for each format behind the first. */
export const migrations: readonly Migration[] = [{ to: 2, run: gatherState }];

const scattered = ["node", "activity.json.gz", "last-backup.json"];

/** Format 2: what is small, and neither log nor projection, is in `state`, where it used to lie beside the log. */
async function gatherState(dataDirectory: string): Promise<void> {
  const state = stateDirectory(dataDirectory);
  await mkdir(state, { recursive: true });
  for (const name of scattered) await moveIfThere(join(dataDirectory, name), join(state, name));
  await syncDirectory(state);
  await syncDirectory(dataDirectory);
}

async function moveIfThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}
