import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { parseDocumentId, ulidToBytes } from "@scriptorium/ids";
import type { ArchiveTotals } from "../../archive/encode-archive";
import { formatBytes, plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { OperationError } from "../../operations/operation-error";
import type { Arguments } from "../arguments";
import { type Command, type Context, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { logDirectoryOf } from "../log/log-directory";
import { CountedArchive, type ExportArchiveOptions, exportArchive, linesOf } from "./export-archive";
import { exportFiles } from "./export-files";

/** `scriptorium export` */
export const exportCommand: Command = {
  name: "export",
  positionals: [],
  summary: "write all documents, as an archive with their history or as files",
  description:
    "--archive writes all documents with their whole history, who wrote what and when, titles, tags and the trash, as\n" +
    "one file that another instance imports, and other programs read. --files writes the text of each document as a\n" +
    "file, without the trash. The server may run. What is written appears when it is complete; nothing is ever\n" +
    "overwritten.",
  examples: [
    ["scriptorium export --archive everything.archive", "everything, for another instance"],
    ["scriptorium export --archive - | ssh host 'cat > everything.archive'", "the same, without a file here"],
    ["scriptorium export --files texts", "every text as a file"],
  ],
  options: {
    archive: { value: "FILE", help: "where the archive is to be; - is standard output" },
    document: { value: "ID", help: "with --archive: only this document" },
    files: { value: "DIR", help: "a new or empty directory for the files" },
    data: commonOptions.data,
    json: commonOptions.json,
  },
  async run(args, context) {
    const archive = args.text("archive");
    const files = args.text("files");
    if ((archive === undefined) === (files === undefined)) {
      throw new OperationError(
        "USAGE",
        "export as what? --archive FILE or --files DIR. See: scriptorium help export",
      );
    }
    return archive === undefined
      ? runFiles(resolve(files ?? ""), args, context)
      : runArchive(archive, args, context);
  },
};

async function runArchive(archive: string, args: Arguments, context: Context): Promise<ExitCode> {
  const options: ExportArchiveOptions = {
    logDirectory: logDirectoryOf(args, context),
    key: keyOf(args.text("document")),
    version: context.version,
    createdAt: new Date(),
    signal: context.signal,
    verifying: context.progress("Verifying"),
    reading: context.progress("Exporting"),
  };
  if (archive === "-") {
    const totals = await printArchive(options, context);
    context.note(`Exported ${describe(totals)}.\n`);
    return ExitCode.ok;
  }
  const target = resolve(archive);
  const totals = await exportArchive(target, options);
  await context.print(
    args.flag("json")
      ? toJsonLine({ archive: target, ...totals })
      : `Exported ${describe(totals)} to ${target}.\n`,
  );
  return ExitCode.ok;
}

async function runFiles(target: string, args: Arguments, context: Context): Promise<ExitCode> {
  if (args.text("document") !== undefined)
    throw new OperationError("USAGE", "--document goes with --archive");
  const { documents, bytes } = await exportFiles({
    logDirectory: logDirectoryOf(args, context),
    target,
    createdAt: new Date(),
    signal: context.signal,
    verifying: context.progress("Verifying"),
    reading: context.progress("Reading"),
    writing: context.progress("Writing"),
  });
  await context.print(
    args.flag("json")
      ? toJsonLine({ files: target, documents, bytes })
      : `Exported ${plural(documents, "document")}, ${formatBytes(bytes)}, to ${target}.\n`,
  );
  return ExitCode.ok;
}

async function printArchive(options: ExportArchiveOptions, context: Context): Promise<ArchiveTotals> {
  const lines = new CountedArchive(await linesOf(options));
  await pipeline(
    Readable.from(lines, { objectMode: true }),
    createGzip(),
    async (compressed: AsyncIterable<Uint8Array>) => {
      for await (const piece of compressed) await context.print(piece);
    },
    { signal: options.signal },
  );
  return lines.totals;
}

/** @throws {OperationError} USAGE */
function keyOf(document: string | undefined): Uint8Array | undefined {
  if (document === undefined) return undefined;
  const id = parseDocumentId(document);
  if (id === undefined) {
    throw new OperationError(
      "USAGE",
      `--document takes a document's ID, not ${document}. See: scriptorium help export`,
    );
  }
  return ulidToBytes(id);
}

function describe({ documents, records }: ArchiveTotals): string {
  return `${plural(documents, "document")} with ${plural(records, "record")}`;
}
