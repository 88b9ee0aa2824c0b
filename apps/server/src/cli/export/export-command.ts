import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { parseDocumentId, ulidToBytes } from "@scriptorium/ids";
import type { ArchiveTotals } from "../../archive/encode-archive";
import type { Arguments } from "../arguments";
import { CliError } from "../cli-error";
import { type Command, type Context, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { toJsonLine } from "../json";
import { logDirectoryOf } from "../log/log-directory";
import { plural } from "../terminal/format";
import { CountedArchive, type ExportArchiveOptions, exportArchive, linesOf } from "./export-archive";

/** `scriptorium export` */
export const exportCommand: Command = {
  name: "export",
  positionals: [],
  summary: "write all documents as an archive with their history",
  description:
    "Writes all documents with their whole history, who wrote what and when, titles, tags and the trash, as one file\n" +
    "that another instance imports, and other programs read. The server may run. The file appears when it is complete;\n" +
    "nothing is ever overwritten.",
  examples: [
    ["scriptorium export --archive everything.archive", "everything, for another instance"],
    ["scriptorium export --archive - | ssh host 'cat > everything.archive'", "the same, without a file here"],
  ],
  options: {
    archive: { value: "FILE", help: "where to; - is standard output" },
    document: { value: "ID", help: "only this document" },
    data: commonOptions.data,
    json: commonOptions.json,
  },
  async run(args, context) {
    const archive = args.text("archive");
    if (archive === undefined) {
      throw new CliError("USAGE", "what is to be written? --archive FILE. See: scriptorium help export");
    }
    return runArchive(archive, args, context);
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

/** @throws {CliError} USAGE */
function keyOf(document: string | undefined): Uint8Array | undefined {
  if (document === undefined) return undefined;
  const id = parseDocumentId(document);
  if (id === undefined) {
    throw new CliError(
      "USAGE",
      `--document takes a document's ID, not ${document}. See: scriptorium help export`,
    );
  }
  return ulidToBytes(id);
}

function describe({ documents, records }: ArchiveTotals): string {
  return `${plural(documents, "document")} with ${plural(records, "record")}`;
}
