import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { mergeStreams } from "./ids/merge-streams";
import { MintThread } from "./ids/mint-thread";
import { measureThroughput } from "./ids/throughput";

/**
 * Minting beside other packages, in one run, as ratios; and the proof that Snowflakes neither repeat nor go back.
 * `--proof` is how many millions are minted for that; 0 leaves it out. `--seed` repeats a run.
 */
const { values } = parseArgs({
  options: {
    proof: { type: "string", default: "100" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});

const threads = 8;
const million = 1_000_000;
const count = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

function print(what: string, ...figures: readonly string[]): void {
  console.log(`${what.padEnd(40)}${figures.map((figure) => figure.padStart(16)).join("")}`);
}

function throughput(): void {
  const measured = measureThroughput();
  const yardstick = measured.find(({ name }) => name.startsWith("crypto."))?.perSecond ?? Number.NaN;
  print("mints per second, one thread, median of 7", "per second", "ratio");
  for (const { name, perSecond } of measured) {
    print(name, count.format(perSecond), `${(perSecond / yardstick).toFixed(2)} ×`);
  }
}

/** @returns whether all is well */
async function prove(total: number, seed: number): Promise<boolean> {
  const workerFile = new URL("./mint-worker.js", import.meta.url);
  const beginMs = Date.UTC(2026, 0, 1);
  const startedMs = performance.now();
  const minters = Array.from(
    { length: threads },
    (_, node) =>
      new MintThread(workerFile, { node, count: Math.ceil(total / threads), beginMs, seed: seed + node }),
  );
  const merged = await mergeStreams(minters.map((minter) => () => minter.take()));
  const seconds = (performance.now() - startedMs) / 1000;
  const reports = minters.map(({ report }) => report);
  const sum = (of: (report: (typeof reports)[number]) => number) =>
    reports.reduce((all, report) => all + of(report), 0);
  const faults = {
    "ids not above the one before, in a generator": sum(({ notAscending }) => notAscending),
    "ids with another node's bits": sum(({ foreign }) => foreign),
    "ids not above the one before, of all merged": merged.notAscending,
  };
  print(`proof, ${threads} threads, seed ${seed}`, `${seconds.toFixed(1)} s`);
  print("ids minted and merged", count.format(merged.ids));
  print("clocks went back", count.format(sum(({ clockStepsBack }) => clockStepsBack)), "times");
  print("milliseconds borrowed", count.format(sum(({ faults }) => faults.sequenceExhausted)));
  print("changes between streams when merged", count.format(merged.changes));
  print("memory at its highest", `${count.format(process.resourceUsage().maxRSS / 1024)} MiB`);
  for (const [what, found] of Object.entries(faults)) print(what, count.format(found));
  return merged.ids >= total && Object.values(faults).every((found) => found === 0);
}

throughput();
const total = Number(values.proof) * million;
if (total > 0) {
  console.log();
  const isProved = await prove(total, Number(values.seed));
  console.log(isProved ? "No duplicate and no step back." : "BROKEN: see above.");
  process.exitCode = isProved ? 0 : 1;
}
