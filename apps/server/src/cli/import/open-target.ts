import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Log, LogError } from "@scriptorium/log";
import { recordLimits } from "../../backups/rewrite-log";
import { unfinishedMark } from "../../backups/staging";
import { currentFormat, readFormat, writeFormat } from "../../data-format/format-file";
import { OperationError } from "../../operations/operation-error";
import { adoptNextLog, nextLogDirectory } from "../../storage/next-log";

/**
 * Opens, and so locks, the log that documents are imported into, once what an import before left is finished or gone. The
 * directory is made if there is none.
 *
 * @param version of this product
 * @throws {OperationError} IN_THE_WAY: a server is running. {LogError} {DataFormatError} the data is of a newer release
 */
export async function openTarget(dataDirectory: string, version: string): Promise<Log> {
  await mkdir(dataDirectory, { recursive: true });
  const format = readFormat(dataDirectory);
  await adoptNextLog(dataDirectory);
  // A directory without this note would be taken for one of an older release, and migrated.
  if (format === undefined && !existsSync(join(dataDirectory, "log"))) {
    await writeFormat(dataDirectory, { version: currentFormat, product: version });
  }
  const log = await openLog(join(dataDirectory, "log"));
  await removeUnfinished(dataDirectory);
  return log;
}

async function openLog(directory: string): Promise<Log> {
  try {
    // Nothing is appended to it; records as large as any server took may have to be read.
    return await Log.open({ directory, sealing: false, ...recordLimits });
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== "LOCKED") throw error;
    throw new OperationError(
      "IN_THE_WAY",
      "a server is running on this data directory: stop it first, import, start it",
      {
        cause: error,
      },
    );
  }
}

/** Whoever was killed while it made a log leaves what it had. */
async function removeUnfinished(dataDirectory: string): Promise<void> {
  const mark = `${basename(nextLogDirectory(dataDirectory))}${unfinishedMark}`;
  for (const name of await readdir(dataDirectory)) {
    if (name.startsWith(mark)) await rm(join(dataDirectory, name), { recursive: true, force: true });
  }
}
