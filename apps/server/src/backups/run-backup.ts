import { join } from "node:path";
import { LogError, nodeFiles } from "@scriptorium/log";
import { type BackupPolicy, superfluous } from "../config/backup-policy";
import { drawProblem, type Problem } from "../operations/problem";
import { noProgress } from "../operations/progress";
import { noteBackup } from "../storage/last-backup";
import { backupName } from "./backup-name";
import { listBackups, removeBackup, removeUnfinished } from "./backup-shelf";
import { makeBackup } from "./make-backup";
import { bytesOf } from "./manifest";
import { problemsOf, restoreBackup } from "./restore-backup";

/** What a run needs to know; goes to another thread. */
export interface BackupRun {
  readonly dataDirectory: string;
  /** Absolute path of the directory of the scheduled backups. */
  readonly backupDirectory: string;
  readonly keep: BackupPolicy;
  readonly rehearse: boolean;
  /** Of this product. */
  readonly version: string;
  readonly startedAt: Date;
}

export interface BackupReport {
  /** The backup that was made. */
  readonly target: string;
  readonly records: number;
  readonly bytes: number;
  /** What is wrong with the log, and so with its backup, or with the backup alone; empty if it is proven. */
  readonly problems: readonly string[];
  /** Older backups that were removed; none while there is a problem. */
  readonly removed: number;
}

/**
 * Backs up the log beside the earlier backups, sharing what has not changed with the newest, proves the backup, and
 * removes the older ones that are not wanted any more.
 *
 * @throws {LogError} LOCKED: another server uses the directory; {OperationError}; and whatever the disk may say: no backup was
 *   made then, and none removed
 */
export async function runBackup(run: BackupRun): Promise<BackupReport> {
  const { backupDirectory } = run;
  await nodeFiles.makeDirectory(backupDirectory);
  const lock = await lockShelf(backupDirectory);
  try {
    await removeUnfinished(backupDirectory);
    return await backUp(run);
  } finally {
    await lock.release();
  }
}

async function lockShelf(directory: string): ReturnType<typeof nodeFiles.lock> {
  return nodeFiles.lock(directory).catch((cause: unknown) => {
    // Not every network storage has locks. A backup there is better than none; what it lacks besides, writing will tell.
    if (!(cause instanceof LogError) || cause.code !== "LOCKED") return { release: async () => {} };
    const hint = "Give each server a SCRIPTORIUM_BACKUP_DIR of its own";
    throw new LogError("LOCKED", `another server backs itself up into ${directory}`, { cause, hint });
  });
}

async function backUp(run: BackupRun): Promise<BackupReport> {
  const { backupDirectory, dataDirectory, startedAt, version, keep } = run;
  const [newest] = await listBackups(backupDirectory);
  const target = join(backupDirectory, backupName(startedAt));
  const { manifest, damages } = await makeBackup({
    logDirectory: join(dataDirectory, "log"),
    target,
    since: newest && join(backupDirectory, backupName(newest)),
    version,
    createdAt: startedAt,
    signal: neverAborted,
    copying: noProgress,
    verifying: noProgress,
  });
  const wrong = run.rehearse && damages.length === 0 ? await rehearse(target, run) : [];
  // The copy is not what was read. Of a damaged log a backup is worth something, still: it has the newest edits.
  if (wrong.length > 0) await removeBackup(backupDirectory, startedAt);
  const found = [...damages, ...wrong];
  const facts = {
    target,
    records: manifest.log.records,
    bytes: bytesOf(manifest.files),
    problems: found.map(drawProblem),
  };
  // Of a damaged log the earlier backups are the ones that count.
  if (found.length > 0) return { ...facts, removed: 0 };
  await noteBackup(dataDirectory, startedAt, run.rehearse);
  const old = superfluous(await listBackups(backupDirectory), keep);
  for (const at of old) await removeBackup(backupDirectory, at);
  return { ...facts, removed: old.length };
}

const neverAborted = new AbortController().signal;

/** As `scriptorium restore --dry-run`. */
async function rehearse(source: string, run: BackupRun): Promise<readonly Problem[]> {
  const result = await restoreBackup({
    source,
    dataDirectory: run.dataDirectory,
    version: run.version,
    revisionMax: undefined,
    dryRun: true,
    signal: neverAborted,
    hashing: noProgress,
    verifying: noProgress,
    reading: noProgress,
    writing: noProgress,
  });
  return problemsOf(result);
}
