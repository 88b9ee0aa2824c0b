import { readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { stateDirectory } from "../data-format/state-directory";

const noteSchema = z.object({
  at: z.iso.datetime(),
  /** Of which moment the newest backup is that was rehearsed. */
  rehearsed: z.iso.datetime().optional(),
});

/**
 * Notes beside the log when it was last backed up, so that the running server can tell. What is there is replaced at once
 * or not at all.
 *
 * @param isRehearsed was it read again, as a restore would?
 */
export async function noteBackup(dataDirectory: string, at: Date, isRehearsed = false): Promise<void> {
  const file = fileOf(dataDirectory);
  await mkdir(dirname(file), { recursive: true });
  const rehearsed = isRehearsed ? at.toISOString() : readNote(dataDirectory)?.rehearsed;
  await writeFile(`${file}.new`, `${JSON.stringify({ at: at.toISOString(), rehearsed })}\n`);
  await rename(`${file}.new`, file);
}

/** When the log was last backed up, in ms since 1970; 0 if nobody has noted that in a way that can be read. */
export function lastBackupMs(dataDirectory: string): number {
  return Date.parse(readNote(dataDirectory)?.at ?? "") || 0;
}

/** The same of the newest backup that was rehearsed. */
export function lastRehearsalMs(dataDirectory: string): number {
  return Date.parse(readNote(dataDirectory)?.rehearsed ?? "") || 0;
}

function readNote(dataDirectory: string): z.infer<typeof noteSchema> | undefined {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(fileOf(dataDirectory), "utf8")));
  } catch {
    return undefined;
  }
}

function fileOf(dataDirectory: string): string {
  return join(stateDirectory(dataDirectory), "last-backup.json");
}
