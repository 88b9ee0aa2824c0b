import { dirname, resolve } from "node:path";
import { type BackupResult, makeBackup } from "../../backups/make-backup";
import { bytesOf } from "../../backups/manifest";
import { formatBytes, formatTime, plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { drawProblem, problemToJson } from "../../operations/problem";
import { timeOf } from "../../operations/revision-time";
import { noteBackup } from "../../storage/last-backup";
import { type Command, type Context, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { logDirectoryOf } from "../log/log-directory";

/** `scriptorium backup TARGET` */
export const backupCommand: Command = {
  name: "backup",
  positionals: ["TARGET"],
  summary: "copy the data into a new directory, while the server runs",
  description:
    "Copies the log into TARGET, a new or empty directory, verifies the copy, and describes it in\n" +
    "TARGET/manifest.json. The server may run and people may type: every edit that was saved before the backup\n" +
    "began is in it. TARGET appears when the backup is complete; nothing is ever overwritten.",
  examples: [
    ["scriptorium backup /backups/monday", "a first backup"],
    [
      "scriptorium backup /backups/tuesday --since /backups/monday",
      "a second one that shares what has not changed",
    ],
  ],
  options: {
    since: {
      value: "BACKUP",
      help: "an earlier backup on the same disk: files that have not changed are shared with it (hard links)",
    },
    data: commonOptions.data,
    json: commonOptions.json,
  },
  async run(args, context) {
    const target = resolve(args.positional(0));
    const since = args.text("since");
    const logDirectory = logDirectoryOf(args, context);
    const createdAt = new Date();
    const result = await makeBackup({
      logDirectory,
      target,
      since: since === undefined ? undefined : resolve(since),
      version: context.version,
      createdAt,
      signal: context.signal,
      copying: context.progress("Copying"),
      verifying: context.progress("Verifying"),
    });
    // Of a damaged log the earlier backups are the ones that count.
    if (result.damages.length === 0) await tellServer(dirname(logDirectory), createdAt, context);
    await context.print(args.flag("json") ? toJson(target, result) : toLines(target, result));
    return result.damages.length === 0 ? ExitCode.ok : ExitCode.damaged;
  },
};

/** The backup is good without it: the server only cannot say then that it was made. */
async function tellServer(dataDirectory: string, at: Date, context: Context): Promise<void> {
  try {
    await noteBackup(dataDirectory, at);
  } catch (error) {
    context.note(`The server's metrics will not show this backup: ${messageOf(error)}\n`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function toJson(target: string, { manifest, damages }: BackupResult): string {
  const { createdAt, log, files } = manifest;
  return toJsonLine({
    target,
    createdAt,
    position: log.position,
    revision: log.revision,
    time: timeToJson(log.revision),
    records: log.records,
    files: files.length,
    bytes: bytesOf(files),
    damages: damages.map(problemToJson),
  });
}

function toLines(target: string, { manifest, damages }: BackupResult): string {
  const { log, files } = manifest;
  const size = `${plural(log.records, "record")}, ${plural(files.length, "file")}, ${formatBytes(bytesOf(files))}`;
  const done = `Backed up ${size} to ${target}.\nThe newest edit is of ${formatTime(timeOf(log.revision))}.\n`;
  if (damages.length === 0) return done;
  return `${damages.map(drawProblem).join("")}\n${done}The log is damaged, and so is this backup: keep the earlier ones.\n`;
}

function timeToJson(revision: bigint): string | null {
  const timeMs = timeOf(revision);
  return timeMs === undefined ? null : formatTime(timeMs);
}
