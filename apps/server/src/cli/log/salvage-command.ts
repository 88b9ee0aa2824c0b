import { type SalvagedSegment, type SalvageReport, salvageLog } from "@scriptorium/log";
import { formatBytes, formatCount, plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { OperationError } from "../../operations/operation-error";
import { type Command, type Context, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { logDirectoryOf } from "./log-directory";

/** `scriptorium log salvage` */
export const salvageCommand: Command = {
  name: "log salvage",
  positionals: [],
  summary: "make a damaged log whole again, with all that is intact",
  description:
    "For a log that is damaged, when no backup has what is damaged. Rewrites each damaged segment with its intact\n" +
    "records, makes HORIZON and GAPS anew where they are damaged, keeps the damaged files beside them, and notes\n" +
    "which records are given up. Says first what it will do, and asks. The server must not run.",
  examples: [
    ["scriptorium log salvage --dry-run", "say what would be given up"],
    ["scriptorium log salvage --yes", "do it without asking"],
  ],
  options: {
    yes: { help: "do not ask" },
    "dry-run": { help: "only say what would be done" },
    ...commonOptions,
  },
  async run(args, context) {
    const directory = logDirectoryOf(args, context);
    const json = args.flag("json");
    const plan = await salvageLog(directory, { dryRun: true });
    const idle = plan.segments.length + plan.gaps.length + plan.rebuilt.length === 0;
    if (idle || args.flag("dry-run")) {
      await context.print(json ? toJson(plan, false) : drawPlan(directory, plan));
      return ExitCode.ok;
    }
    context.note(drawPlan(directory, plan));
    if (!args.flag("yes")) await ask(context);
    const report = await salvageLog(directory);
    await context.print(json ? toJson(report, true) : drawReport(report));
    return ExitCode.ok;
  },
};

async function ask(context: Context): Promise<void> {
  const answer = await context.confirm("Rewrite what is damaged?");
  if (answer === undefined) {
    throw new OperationError(
      "DECLINED",
      "there is no terminal to ask at. Say --yes, or --dry-run. Nothing was changed",
    );
  }
  if (!answer) throw new OperationError("DECLINED", "nothing was changed");
}

function toJson({ segments, gaps, rebuilt, untouched }: SalvageReport, salvaged: boolean): string {
  return toJsonLine({
    salvaged,
    segments: segments.map(({ file, keptAs, recordsKept, lost }) => ({
      file,
      keptAs: keptAs ?? null,
      recordsKept,
      lost: lost.map(({ offset, bytes }) => ({ offset, bytes })),
    })),
    gaps,
    rebuilt: rebuilt.map(({ file, keptAs }) => ({ file, keptAs: keptAs ?? null })),
    untouched,
  });
}

function drawPlan(directory: string, { segments, gaps, rebuilt, untouched }: SalvageReport): string {
  if (segments.length + gaps.length + rebuilt.length === 0) {
    return `There is nothing to salvage in ${directory}.\n${drawUntouched(untouched)}`;
  }
  return [
    `To be salvaged in ${directory}:\n`,
    ...segments.map((segment) => `${drawSegment(segment)}  It is kept as ….damaged-<n> beside it.\n`),
    ...rebuilt.map(({ file }) => `${file}: made anew. It is kept as ….damaged-<n> beside it.\n`),
    ...drawGaps(gaps),
    drawUntouched(untouched),
  ].join("");
}

function drawReport({ segments, gaps, rebuilt, untouched }: SalvageReport): string {
  return [
    ...segments.map((segment) => `${drawSegment(segment)}  Kept as ${segment.keptAs ?? "–"}.\n`),
    ...rebuilt.map(({ file, keptAs }) => `${file}: made anew. Kept as ${keptAs ?? "–"}.\n`),
    ...drawGaps(gaps),
    drawUntouched(untouched),
    "The server can open the log now. What it derived from the log may still show records that are given up: remove\n" +
      "data/projections to have it built anew from what the log has.\n",
  ].join("");
}

function drawSegment({ file, recordsKept, lost }: SalvagedSegment): string {
  const places = lost.map(
    ({ offset, bytes }) => `  ${formatBytes(bytes)} at byte ${offset} hold no intact record.\n`,
  );
  return `${file}: ${plural(recordsKept, "record")} intact.\n${places.join("")}`;
}

/** A block of a sealed segment holds records of many places: more lines than anyone reads. */
const gapLinesMax = 20;

function drawGaps(gaps: SalvageReport["gaps"]): string[] {
  const lines = gaps.slice(0, gapLinesMax).map(({ after, through }) => {
    return `Given up: ${plural(through - after, "record")}, positions ${formatCount(after + 1)} to ${formatCount(through)}.\n`;
  });
  const rest = gaps.slice(gapLinesMax);
  if (rest.length === 0) return lines;
  const records = rest.reduce((sum, { after, through }) => sum + through - after, 0);
  return [...lines, `Given up, in ${formatCount(rest.length)} more places: ${plural(records, "record")}.\n`];
}

function drawUntouched(files: readonly string[]): string {
  return files
    .map((file) => `${file} does not agree with itself, but all of it can be read: left as it is.\n`)
    .join("");
}
