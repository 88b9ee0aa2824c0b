import { resolve } from "node:path";
import { plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { OperationError } from "../../operations/operation-error";
import type { Arguments } from "../arguments";
import { type Command, type Context, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { type ImportArchiveResult, importArchive } from "./import-archive";
import { type FileNote, type ImportFilesResult, importFiles } from "./import-files";

/** `scriptorium import` */
export const importCommand: Command = {
  name: "import",
  positionals: ["[PATH]"],
  summary: "add documents from elsewhere: files, pads, or an archive with history",
  description:
    "Makes documents of the files at PATH: a directory, a zip archive of files, as HedgeDoc exports its notes, one\n" +
    "file, or an .etherpad file with all its revisions. Or adds the documents of an archive, which scriptorium export\n" +
    "--archive has written, with their IDs, history and authors.\n\n" +
    "The server must not run. Everything is read first; then all that can be imported is, or nothing. What is there\n" +
    "already is left as it is, so that the same import again does nothing. The log before is kept beside the new one.",
  examples: [
    ["scriptorium import ~/notes --dry-run", "what of a directory would be imported"],
    ["scriptorium import hedgedoc-archive.zip", "the notes that HedgeDoc has exported"],
    ["scriptorium import pads/", "pads of Etherpad, with their revisions"],
    ["scriptorium import --archive everything.archive", "the documents of another instance"],
  ],
  options: {
    archive: { value: "FILE", help: "the archive" },
    rename: {
      help: "with --archive: import as copies those documents that are here already, and were edited since",
    },
    "dry-run": { help: "read everything, say what would be imported, and change nothing" },
    data: commonOptions.data,
    json: commonOptions.json,
  },
  async run(args, context) {
    const archive = args.text("archive");
    const path = args.optional(0);
    if ((archive === undefined) === (path === undefined)) {
      throw new OperationError("USAGE", "import what? PATH or --archive FILE. See: scriptorium help import");
    }
    return archive === undefined
      ? runFiles(resolve(path ?? ""), args, context)
      : runArchive(resolve(archive), args, context);
  },
};

async function runArchive(archive: string, args: Arguments, context: Context): Promise<ExitCode> {
  const dryRun = args.flag("dry-run");
  const result = await importArchive({
    archive,
    dataDirectory: context.dataDirectory(args.text("data")),
    version: context.version,
    rename: args.flag("rename"),
    dryRun,
    now: Date.now,
    signal: context.signal,
    checking: context.progress("Checking"),
    surveying: context.progress("Looking"),
    writing: context.progress("Importing"),
  });
  await context.print(args.flag("json") ? toJson(result, dryRun) : archiveLines(result, dryRun));
  return ExitCode.ok;
}

async function runFiles(source: string, args: Arguments, context: Context): Promise<ExitCode> {
  if (args.flag("rename")) throw new OperationError("USAGE", "--rename goes with --archive");
  const dryRun = args.flag("dry-run");
  const result = await importFiles({
    source,
    dataDirectory: context.dataDirectory(args.text("data")),
    version: context.version,
    dryRun,
    now: Date.now,
    signal: context.signal,
    reading: context.progress("Reading"),
    surveying: context.progress("Looking"),
    writing: context.progress("Importing"),
  });
  await context.print(args.flag("json") ? toJson(result, dryRun) : filesLines(result, dryRun));
  const isEmpty = result.added + result.present === 0 && result.refused.length > 0;
  return isEmpty ? ExitCode.failed : ExitCode.ok;
}

function toJson({ logBefore, ...result }: ImportArchiveResult | ImportFilesResult, dryRun: boolean): string {
  return toJsonLine({ imported: !dryRun && result.added > 0, ...result, logBefore: logBefore ?? null });
}

function archiveLines({ copies, records, ...result }: ImportArchiveResult, dryRun: boolean): string {
  return [
    addedLine(`${plural(result.added, "document")} with ${plural(records, "record")}`, dryRun),
    ...presentLines(result),
    ...copies.map(({ id, of }) => `${of} ${dryRun ? "would become" : "became"} the copy ${id}.\n`),
    ...logLines(result),
  ].join("");
}

function filesLines({ refused, left, ...result }: ImportFilesResult, dryRun: boolean): string {
  return [
    addedLine(plural(result.added, "document"), dryRun),
    ...presentLines(result),
    ...noteLines(`${plural(refused.length, "file")} cannot be imported`, refused),
    ...noteLines("Left out", left),
    ...logLines(result),
  ].join("");
}

function addedLine(what: string, dryRun: boolean): string {
  return `${dryRun ? "Would import" : "Imported"} ${what}.\n`;
}

function presentLines({ present }: { readonly present: number }): string[] {
  return present === 0 ? [] : [`${plural(present, "document")} had been there already.\n`];
}

/** More than a person reads; `--json` has all. */
const notesShown = 20;

function noteLines(heading: string, notes: readonly FileNote[]): string[] {
  if (notes.length === 0) return [];
  const lines = notes.slice(0, notesShown).map(({ path, because }) => `  ${visible(path)}: ${because}\n`);
  const more = notes.length - notesShown;
  return [
    `${heading}:\n`,
    ...lines,
    ...(more > 0 ? [`  … and ${plural(more, "other")}; --json lists all\n`] : []),
  ];
}

/** Names of files may hold what a terminal obeys. */
function visible(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}

function logLines({ logBefore }: { readonly logBefore: string | undefined }): string[] {
  return logBefore === undefined ? [] : [`The log before is in ${logBefore}: remove it once all is well.\n`];
}
