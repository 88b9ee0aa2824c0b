import { parseArgs } from "node:util";
import { chosen } from "./chosen";
import { measureCost } from "./metrics/cost";
import { measureErrors } from "./metrics/errors";
import { measureScrape } from "./metrics/scrape";
import { allowedCores, pin } from "./rooms/machine";

/** What it costs to know what the server does, and how right the estimates are. See the README. */
const { values } = parseArgs({
  options: {
    groups: { type: "string", default: "all" },
    rounds: { type: "string", default: "9" },
    documents: { type: "string", default: "10000" },
    only: { type: "string" },
  },
});

const count = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
let missed = 0;

function print(what: string, figure: string, isMet?: boolean): void {
  if (isMet === false) missed++;
  const verdict = isMet === undefined ? "" : isMet ? "ok" : "MISSED";
  console.log(`${what.padEnd(52)}${figure.padStart(16)}  ${verdict}`);
}

async function cost(): Promise<void> {
  const [loadCore, serverCore] = allowedCores();
  const isPinned = loadCore !== undefined && serverCore !== undefined && pin(process.pid, loadCore);
  if (!isPinned) console.error("Not pinned: load and servers may get in each other's way.");
  for (const { title, rate, cpu, perSecond } of await measureCost(
    values.groups,
    Number(values.rounds),
    isPinned ? serverCore : undefined,
  )) {
    print(title, `${count.format(perSecond)}/s`);
    print("  edits per second, on ÷ off (bar ≥ 0.97)", rate.toFixed(3), rate >= 0.97);
    print("  server CPU per edit, on ÷ off", cpu.toFixed(3));
  }
}

async function scrape(): Promise<void> {
  const { documents, medianMs, p99Ms, cpuMs, bytes, samples } = await measureScrape(Number(values.documents));
  print(`/metrics with ${count.format(documents)} documents, samples`, count.format(samples));
  print("  median (bar 20 ms)", `${medianMs.toFixed(1)} ms`, medianMs <= 20);
  print("  server CPU for one", `${cpuMs.toFixed(1)} ms`);
  print("  p99", `${p99Ms.toFixed(1)} ms`);
  print("  size (bar 200 kB)", `${(bytes / 1000).toFixed(1)} kB`, bytes <= 200_000);
}

async function errors(): Promise<void> {
  const { distinct, estimate, standardError, looks, worstTop, topBound, topTenFound } = measureErrors();
  const error = estimate / distinct - 1;
  print("HyperLogLog: distinct places, exactly", count.format(distinct));
  print(
    `  error (bar ± ${(300 * standardError).toFixed(1)} %)`,
    `${(100 * error).toFixed(2)} %`,
    Math.abs(error) <= 3 * standardError,
  );
  print(
    `top 10 of an hour, worst of ${looks} looks (bar ${(100 * topBound).toFixed(2)} % of all)`,
    `${(100 * worstTop).toFixed(2)} %`,
    worstTop <= topBound,
  );
  print("  of the ten, how many belong there", topTenFound.toFixed(1));
}

const parts = { cost, scrape, errors };
for (const [, run] of chosen(values.only, Object.entries(parts), ([name]) => name)) await run();
// What a failed client left waiting must not keep the process.
process.exit(missed > 0 ? 1 : 0);
