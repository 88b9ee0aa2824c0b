import { resolve } from "node:path";
import { CliError } from "../cli-error";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { toJsonLine } from "../json";
import { plural } from "../terminal/format";
import { type ImportArchiveResult, importArchive } from "./import-archive";

/** `scriptorium import` */
export const importCommand: Command = {
  name: "import",
  positionals: [],
  summary: "add documents from elsewhere, with their history",
  description:
    "Adds the documents of an archive, which scriptorium export --archive has written, with their IDs, history and\n" +
    "authors. The server must not run. The archive is proved first; then all of it is imported, or nothing. What is\n" +
    "there already is left as it is, so that the same import again does nothing. The log before is kept beside the\n" +
    "new one.",
  examples: [
    ["scriptorium import --archive everything.archive --dry-run", "what would be imported"],
    ["scriptorium import --archive everything.archive", "the documents of another instance"],
  ],
  options: {
    archive: { value: "FILE", help: "the archive" },
    rename: { help: "import as copies those documents that are there already, and have been edited since" },
    "dry-run": { help: "prove the archive, say what would be imported, and change nothing" },
    data: commonOptions.data,
    json: commonOptions.json,
  },
  async run(args, context) {
    const archive = args.text("archive");
    if (archive === undefined) {
      throw new CliError("USAGE", "what is to be imported? --archive FILE. See: scriptorium help import");
    }
    const dryRun = args.flag("dry-run");
    const result = await importArchive({
      archive: resolve(archive),
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
    await context.print(args.flag("json") ? toJson(result, dryRun) : toLines(result, dryRun));
    return ExitCode.ok;
  },
};

function toJson({ logBefore, ...result }: ImportArchiveResult, dryRun: boolean): string {
  return toJsonLine({ imported: !dryRun && result.added > 0, ...result, logBefore: logBefore ?? null });
}

function toLines(
  { added, copies, present, records, logBefore }: ImportArchiveResult,
  dryRun: boolean,
): string {
  const what = `${plural(added, "document")} with ${plural(records, "record")}`;
  return [
    dryRun ? `Would import ${what}.\n` : `Imported ${what}.\n`,
    ...(present > 0 ? [`${plural(present, "document")} had been there already.\n`] : []),
    ...copies.map(({ id, of }) => `${of} became the copy ${id}.\n`),
    ...(logBefore === undefined ? [] : [`The log before is in ${logBefore}: remove it once all is well.\n`]),
  ].join("");
}
