import { resolve } from "node:path";
import { parseMoment } from "../../backups/moment";
import { problemsOf, type RestoreResult, restoreBackup } from "../../backups/restore-backup";
import { formatTime, plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { drawProblem, problemToJson } from "../../operations/problem";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";

/** `scriptorium restore SOURCE` */
export const restoreCommand: Command = {
  name: "restore",
  positionals: ["SOURCE"],
  summary: "make a data directory of a backup; or prove the backup",
  description:
    "Compares every file of the backup SOURCE with its SHA-256, verifies every checksum of the log and reads every\n" +
    "record; then makes the log of a data directory that has none. The log appears when it is complete; nothing is\n" +
    "ever overwritten. What the server derives from the log (data/projections) is removed, and built anew.",
  examples: [
    ["scriptorium restore /backups/monday --dry-run", "prove a backup"],
    ["scriptorium restore /backups/monday --to /srv/restored", "make a data directory of it"],
    [
      "scriptorium restore /backups/monday --at 2026-01-31T18:00:00Z --to /srv/then",
      "as everything was at a moment",
    ],
  ],
  options: {
    to: { value: "DATA_DIR", help: "the data directory (default: SCRIPTORIUM_DATA_DIR, or ./data)" },
    at: {
      value: "TIME",
      help: "only what was written up to then: ISO 8601, as 2026-01-31T18:00:00Z, or a revision",
    },
    "dry-run": { help: "prove the backup, say what would be restored, and change nothing" },
    json: commonOptions.json,
  },
  async run(args, context) {
    const at = args.text("at");
    const dryRun = args.flag("dry-run");
    const dataDirectory = context.dataDirectory(args.text("to"));
    const revisionMax = at === undefined ? undefined : parseMoment(at);
    const result = await restoreBackup({
      source: resolve(args.positional(0)),
      dataDirectory,
      version: context.version,
      revisionMax,
      dryRun,
      signal: context.signal,
      hashing: context.progress("Comparing"),
      verifying: context.progress("Verifying"),
      reading: context.progress("Reading"),
      writing: context.progress("Restoring"),
    });
    const facts = { dataDirectory, dryRun, moment: revisionMax !== undefined };
    await context.print(args.flag("json") ? toJson(facts, result) : toLines(facts, result));
    return problemsOf(result).length === 0 ? ExitCode.ok : ExitCode.damaged;
  },
};

interface Facts {
  readonly dataDirectory: string;
  readonly dryRun: boolean;
  /** Was it asked for a moment, and not for everything? */
  readonly moment: boolean;
}

function wasRestored({ dryRun, moment }: Facts, { check, content }: RestoreResult): boolean {
  return !dryRun && check.problems.length === 0 && (content !== undefined || !moment);
}

function toJson(facts: Facts, result: RestoreResult): string {
  const { check, content, epoch, undone } = result;
  return toJsonLine({
    sound: problemsOf(result).length === 0,
    restored: wasRestored(facts, result),
    dataDirectory: facts.dataDirectory,
    createdAt: check.manifest.createdAt,
    epoch: epoch ?? null,
    undone,
    content:
      content === undefined
        ? null
        : {
            documents: content.documents,
            records: content.records,
            position: content.position,
            newestEdit: content.newestEditMs === undefined ? null : formatTime(content.newestEditMs),
          },
    problems: check.problems.map(problemToJson),
    damages: check.damages.map(problemToJson),
  });
}

function toLines(facts: Facts, result: RestoreResult): string {
  const problems = problemsOf(result);
  const { createdAt } = result.check.manifest;
  const verdict = problems.length === 0 ? "is sound" : `has ${plural(problems.length, "problem")}`;
  return [
    ...problems.map(drawProblem),
    `The backup of ${createdAt} ${verdict}.\n`,
    ...contentLines(facts, result),
    ...undoneLines(result),
    ...(wasRestored(facts, result) ? [result.epoch === undefined ? afterwards : afterwardsUndone] : []),
  ].join("");
}

function contentLines(facts: Facts, result: RestoreResult): string[] {
  const { content } = result;
  const restored = wasRestored(facts, result);
  if (content === undefined) {
    return restored
      ? [
          `Restored to ${facts.dataDirectory} with the damage. Should the server refuse it: scriptorium log salvage\n`,
        ]
      : ["Nothing was restored.\n"];
  }
  const { documents, records, newestEditMs } = content;
  const what = `${plural(documents, "document")}, ${plural(records, "record")}; the newest edit is of ${formatTime(newestEditMs)}`;
  return [restored ? `Restored to ${facts.dataDirectory}: ${what}.\n` : `Would restore ${what}.\n`];
}

function undoneLines({ undone }: RestoreResult): string[] {
  return undone === 0 ? [] : [`${plural(undone, "record")} of a later time: left out.\n`];
}

const afterwardsUndone =
  "Start the server on it. All documents have a new epoch: browsers set aside what they have of the time undone, and\n" +
  "offer it as a copy. Other clients that still have it hand it over when they connect: close them first.\n";
const afterwards =
  "Start the server on it. Browsers that still have newer edits will hand them over when they connect.\n";
