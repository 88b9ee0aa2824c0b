import { basename } from "node:path";
import { inspectLog, type LogSummary, type SegmentSummary } from "@scriptorium/log";
import { formatBytes, formatCount, formatTable, formatTime, plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { timeOf } from "../../operations/revision-time";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { logDirectoryOf } from "./log-directory";

/** `scriptorium log inspect` */
export const inspectCommand: Command = {
  name: "log inspect",
  positionals: [],
  summary: "list the log's segments",
  description:
    "Lists the log's segments: positions, records, documents, size, what sealing made of it, and the time of the\n" +
    "first and last record. Reads little and verifies little; works while the server runs.",
  examples: [
    ["scriptorium log inspect", "what there is, and how large"],
    ["scriptorium log inspect --json | jq .bytes", "one figure, for a script"],
  ],
  options: commonOptions,
  async run(args, context) {
    const directory = logDirectoryOf(args, context);
    const summary = await inspectLog(directory);
    await context.print(args.flag("json") ? toJson(directory, summary) : toLines(directory, summary));
    return ExitCode.ok;
  },
};

function toJson(directory: string, summary: LogSummary): string {
  const { segments, records, bytes, lastPosition, newestRevision, horizonPosition } = summary;
  return toJsonLine({
    directory,
    records,
    bytes,
    lastPosition,
    newestRevision,
    horizonPosition,
    segments: segments.map((segment) => ({
      file: segment.path,
      kind: segment.kind,
      base: segment.base,
      lastPosition: segment.lastPosition,
      records: segment.records,
      documents: segment.keys,
      bytes: segment.bytes,
      sourceBytes: segment.sourceBytes ?? null,
      createdAt: formatTime(segment.createdMs),
      revisionMin: segment.revisionMin,
      revisionMax: segment.revisionMax,
    })),
  });
}

function toLines(directory: string, summary: LogSummary): string {
  const { segments, records, bytes, horizonPosition } = summary;
  const extent = `${plural(segments.length, "segment")}, ${plural(records, "record")}, ${formatBytes(bytes)}`;
  return [
    formatTable(
      ["segment", "kind", " positions", " records", " documents", " size", " sealed to", "first", "last"],
      segments.map(toRow),
    ),
    `\n${extent} in ${directory}.\n`,
    ...(horizonPosition === 0 ? [] : [`Records up to position ${horizonPosition} were dropped.\n`]),
  ].join("");
}

function toRow(segment: SegmentSummary): string[] {
  const { path, kind, base, lastPosition, records, keys, bytes, sourceBytes } = segment;
  return [
    basename(path),
    kind,
    records === 0 ? "–" : `${base}–${lastPosition}`,
    formatCount(records),
    formatCount(keys),
    formatBytes(bytes),
    sourceBytes === undefined ? "–" : `${Math.round((100 * bytes) / sourceBytes)}%`,
    formatTime(timeOf(segment.revisionMin)),
    formatTime(timeOf(segment.revisionMax)),
  ];
}
