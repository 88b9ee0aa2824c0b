import { type VerifyReport, verifyLog } from "@scriptorium/log";
import { formatBytes, plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { drawProblem, problemToJson } from "../../operations/problem";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { logDirectoryOf } from "./log-directory";

/** `scriptorium log verify` */
export const verifyCommand: Command = {
  name: "log verify",
  positionals: [],
  summary: "read the whole log and check every checksum",
  description:
    "Reads the whole log and checks every checksum and the chain of sealed segments. Names the file and the\n" +
    "byte of any damage, and what to do. Changes nothing; works while the server runs. The end of the newest\n" +
    "segment may be a record that is being written, or was when the server died: that is no damage.",
  examples: [
    ["scriptorium log verify", "prove the whole log, also while the server runs"],
    ["scriptorium log verify --data /backups/monday", "prove the log of a backup"],
  ],
  options: commonOptions,
  async run(args, context) {
    const directory = logDirectoryOf(args, context);
    const progress = context.progress("Verifying");
    const report = await verifyLog(directory, {
      signal: context.signal,
      onProgress: ({ bytesDone, bytesTotal }) => progress.update(bytesDone, bytesTotal),
    });
    progress.end();
    await context.print(args.flag("json") ? toJson(directory, report) : toLines(directory, report));
    return report.damages.length === 0 ? ExitCode.ok : ExitCode.damaged;
  },
};

function toJson(directory: string, report: VerifyReport): string {
  const { damages, tail, ...totals } = report;
  return toJsonLine({
    sound: damages.length === 0,
    directory,
    segments: totals.segments,
    sealedSegments: totals.sealedSegments,
    records: totals.records,
    bytes: totals.bytes,
    lastPosition: totals.lastPosition,
    newestRevision: totals.newestRevision,
    horizonPosition: totals.horizonPosition,
    gaps: totals.gaps,
    salvaged: totals.salvaged,
    chainStarts: totals.chainStarts,
    tail: tail ?? null,
    damages: damages.map(problemToJson),
  });
}

function toLines(directory: string, report: VerifyReport): string {
  const { damages, segments, records, bytes, gaps, salvaged, chainStarts, tail } = report;
  const verdict = damages.length === 0 ? "sound" : `damaged in ${plural(damages.length, "place")}`;
  const extent = `${plural(segments, "segment")}, ${plural(records, "record")}, ${formatBytes(bytes)}`;
  return [
    ...damages.map(drawProblem),
    `The log in ${directory} is ${verdict}: ${extent}.\n`,
    ...drawGaps(gaps),
    ...salvaged.map(
      (file) => `${file} was rewritten by salvage: its own hash proves it, the chain does not.\n`,
    ),
    ...chainStarts.map((file) => `The chain of hashes begins anew with ${file}.\n`),
    ...(tail === undefined
      ? []
      : [`${tail.file} ends with ${plural(tail.bytes, "byte")} of a record that is not whole: no damage.\n`]),
  ].join("");
}

/** After damage in sealed segments there are many. */
const gapLinesMax = 20;

function drawGaps(gaps: VerifyReport["gaps"]): string[] {
  const lines = gaps
    .slice(0, gapLinesMax)
    .map(({ after, through }) => `Records ${after + 1} to ${through} were given up by salvage.\n`);
  const more = gaps.length - lines.length;
  return more === 0 ? lines : [...lines, `So were others, in ${plural(more, "more place")}.\n`];
}
