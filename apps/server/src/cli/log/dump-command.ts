import { parseDocumentId, ulidToBytes } from "@scriptorium/ids";
import type { LogRecord } from "@scriptorium/log";
import { formatTime } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { OperationError } from "../../operations/operation-error";
import type { Arguments } from "../arguments";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { logDirectoryOf } from "./log-directory";
import { type DumpRange, readDump } from "./read-dump";
import { catalogueText, viewRecord } from "./record-view";

/** `scriptorium log dump`: the log's records, one by one. */
export const dumpCommand: Command = {
  name: "log dump",
  positionals: [],
  summary: "print records",
  description:
    "Prints the log's records in their order: position, revision, time, document, stream/kind, author,\n" +
    "bytes of the payload. Works while the server runs.",
  examples: [
    ["scriptorium log dump --limit 20 --text", "the first records, with titles"],
    [
      "scriptorium log dump --document 01M7YHTAQHCFT2R1MR778KHV42 --json",
      "all that was ever written of one document",
    ],
  ],
  options: {
    document: { value: "ID", help: "only this document's" },
    after: { value: "POSITION", help: "only those behind this position" },
    limit: { value: "N", help: "at most so many" },
    text: { help: "with the titles and such that catalogue records hold" },
    payload: { help: "with the payload, in hexadecimal" },
    data: commonOptions.data,
    json: { help: "print one line of JSON for each record" },
  },
  async run(args, context) {
    const range = rangeOf(args);
    const details = { payload: args.flag("payload"), text: args.flag("text") };
    const draw = args.flag("json") ? toJson : toLines;
    const directory = logDirectoryOf(args, context);
    for await (const record of readDump(directory, range)) {
      context.signal.throwIfAborted();
      await context.print(draw(record, details));
    }
    return ExitCode.ok;
  },
};

function rangeOf(args: Arguments): DumpRange {
  const document = args.text("document");
  const id = document === undefined ? undefined : parseDocumentId(document);
  if (document !== undefined && id === undefined) {
    throw new OperationError("USAGE", `--document takes a document's ID, 26 characters, not ${document}`);
  }
  return {
    key: id === undefined ? undefined : ulidToBytes(id),
    after: args.wholeNumber("after") ?? 0,
    limit: args.wholeNumber("limit") ?? Number.POSITIVE_INFINITY,
  };
}

interface Details {
  readonly payload: boolean;
  readonly text: boolean;
}

function toJson(record: LogRecord, { payload, text }: Details): string {
  const { position, revision, timeMs, ...others } = viewRecord(record);
  return toJsonLine({
    position,
    revision,
    time: timeMs === undefined ? null : formatTime(timeMs),
    ...others,
    ...(text && { text: catalogueText(record) ?? null }),
    ...(payload && { payload: hex(record.payload) }),
  });
}

function toLines(record: LogRecord, { payload, text }: Details): string {
  const { position, revision, timeMs, document, stream, kind, author, bytes } = viewRecord(record);
  const cells = [
    String(position).padStart(10),
    String(revision).padStart(19),
    formatTime(timeMs).padEnd(24),
    document,
    `${stream}/${kind}`.padEnd(17),
    author,
    String(bytes).padStart(8),
  ];
  const value = text ? catalogueText(record) : undefined;
  return [
    cells.join("  "),
    ...(value === undefined ? [] : [`            ${JSON.stringify(value)}`]),
    ...(payload ? [`            ${hex(record.payload)}`] : []),
    "",
  ].join("\n");
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
