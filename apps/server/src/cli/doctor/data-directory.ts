import { constants, existsSync, statSync } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { snowflakeParts } from "@scriptorium/ids";
import { inspectLog, LogError, type LogSummary, nodeFiles } from "@scriptorium/log";
import { DataFormatError } from "../../data-format/data-format-error";
import { currentFormat, readFormat } from "../../data-format/format-file";
import { formatBytes, plural } from "../../operations/format";
import { type Finding, fail, ok, warn } from "./finding";

const GiB = 1024 ** 3;
const dayMs = 24 * 60 * 60 * 1000;

/** Is it there, ours, and of a format that this release opens? */
export async function checkDataDirectory(directory: string): Promise<Finding> {
  const name = "data directory";
  if (!existsSync(directory)) {
    const parent = nearest(directory);
    if (await isWritable(parent)) return ok(name, `${directory} is not there yet: the first start makes it`);
    const todo = `Make it (mkdir -p ${directory}) and give it to the user who runs the server.`;
    return fail(name, `${directory} is not there, and ${who()} may not write in ${parent}`, todo);
  }
  const { uid, mode } = statSync(directory);
  const me = process.getuid?.() ?? uid;
  if (!(await isWritable(directory))) {
    const todo = `chown -R ${me} ${directory}, or run the server as user ${uid}.`;
    return fail(name, `${directory} belongs to user ${uid}, and ${who()} may not write there`, todo);
  }
  try {
    const format = readFormat(directory)?.version ?? (existsSync(join(directory, "log")) ? 1 : currentFormat);
    if (format < currentFormat) {
      const todo = "Nothing need be done: the next start migrates it, behind a backup in its “backups”.";
      return warn(name, `${directory} has format ${format}; this release writes ${currentFormat}`, todo);
    }
  } catch (error) {
    if (!(error instanceof DataFormatError)) throw error;
    return fail(name, error.message, "Use the release that wrote it, or a newer one.");
  }
  if (me !== uid) {
    const todo = `Run the server as user ${uid}, or chown -R ${me} ${directory}: files of two users end in one that cannot be read.`;
    return warn(name, `${directory} belongs to user ${uid}, and this is ${who()}`, todo);
  }
  if ((mode & 0o002) !== 0) {
    return warn(name, `everybody on this machine may write in ${directory}`, `chmod o-w ${directory}`);
  }
  return ok(name, `${directory}, format ${currentFormat}`);
}

/** Does a server run on it? Asking takes the lock for a moment. */
export async function checkLock(directory: string): Promise<{ finding: Finding; isServed: boolean }> {
  const name = "lock";
  const log = join(directory, "log");
  const free = { finding: ok(name, "no process has the data"), isServed: false };
  if (!existsSync(join(log, "LOCK"))) return free;
  try {
    const lock = await nodeFiles.lock(log);
    await lock.release();
    return free;
  } catch (error) {
    const isServed = error instanceof LogError && error.code === "LOCKED";
    if (isServed) return { finding: ok(name, "a server runs on the data"), isServed };
    const message = error instanceof Error ? error.message : String(error);
    const todo = "The server needs a file system with locks, and the right to write in the data directory.";
    return { finding: fail(name, `${join(log, "LOCK")}: ${message}`, todo), isServed };
  }
}

/** The log in a few words; undefined where there is none that can be read. */
export async function summarise(directory: string): Promise<LogSummary | undefined> {
  const log = join(directory, "log");
  if (!existsSync(log)) return undefined;
  return inspectLog(log).catch(() => undefined);
}

/** Is there room, and for how long at the pace of the log so far? */
export async function checkSpace(directory: string, log: LogSummary | undefined): Promise<Finding> {
  const name = "free space";
  const { bavail, blocks, bsize } = await statfs(nearest(directory));
  if (blocks === 0) return ok(name, "the file system does not count");
  const free = bavail * bsize;
  const days = daysLeft(free, log);
  const what = `${formatBytes(free)} are free${days === undefined ? "" : `, which is ${spell(days)} at the pace so far`}`;
  const todo = "Make room, give the disk more, or drop old history with SCRIPTORIUM_HISTORY_DAYS.";
  if (free < GiB / 4) return fail(name, what, todo);
  if (free < 2 * GiB || (days ?? Number.POSITIVE_INFINITY) < 30) return warn(name, what, todo);
  return ok(name, what);
}

/** Too young a log says nothing of its pace. */
const paceDaysMin = 3;

function daysLeft(freeBytes: number, log: LogSummary | undefined): number | undefined {
  const [first] = log?.segments ?? [];
  if (log === undefined || first === undefined || log.bytes === 0) return undefined;
  const days = (Date.now() - first.createdMs) / dayMs;
  return days < paceDaysMin ? undefined : freeBytes / (log.bytes / days);
}

function spell(days: number): string {
  return days > 3650 ? "more than ten years" : plural(Math.floor(days), "day");
}

/** Is the clock behind what the log was told? */
export function checkClockAgainstLog(log: LogSummary | undefined): Finding | undefined {
  const newest = log?.newestRevision ?? 0n;
  if (newest === 0n) return undefined;
  const aheadMs = snowflakeParts(newest).timeMs - Date.now();
  if (aheadMs < 1000) return undefined;
  return warn(
    "clock",
    `the clock is ${Math.ceil(aheadMs / 1000)} s behind the newest edit in the log`,
    "Set the clock, by NTP best. Until it has caught up, edits are counted on from the newest one, and show its time.",
  );
}

function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

function who(): string {
  const me = process.getuid?.();
  return me === undefined ? "this user" : `user ${me}`;
}
