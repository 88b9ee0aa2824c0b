import { cpuUse } from "./machine";
import { judge, type Results, type Verdict } from "./report/verdict";
import type { Extent, Figures, Round, Scenario } from "./scenarios/scenario";
import type { ServerName } from "./servers/server-kind";
import { serverKinds } from "./servers/server-kinds";
import { Subject } from "./servers/subject";
import { median } from "./statistics";

export interface RunOptions extends Extent {
  readonly servers: readonly ServerName[];
  readonly rounds: number;
  /** Where the servers run; undefined: anywhere. */
  readonly serverCore: number | undefined;
  readonly onProgress: (what: string) => void;
}

export interface Outcome {
  readonly scenario: string;
  /** Medians of the rounds. */
  readonly results: Results;
  /** Every round as it was. */
  readonly rounds: Readonly<Partial<Record<ServerName, readonly Figures[]>>>;
  readonly verdicts: readonly Verdict[];
  readonly seconds: number;
  /** Cores that other processes of the machine took meanwhile, on average: what the figures suffered from. */
  readonly coresTaken: number;
}

const beginMsMax = 600_000;
const roundMsMax = 300_000;

/** Starts a process of each server, and measures them in turns, so that a slow moment of the machine hits all. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Outcome> {
  const startedAtMs = performance.now();
  const before = cpuUse();
  const subjects: Subject[] = [];
  const rounds: Partial<Record<ServerName, Figures[]>> = {};
  try {
    const measures: [ServerName, Round][] = [];
    for (const name of scenario.servers.filter((candidate) => options.servers.includes(candidate))) {
      options.onProgress(`${scenario.name}: starting ${name}`);
      const subject = await Subject.start(serverKinds[name], options.serverCore);
      subjects.push(subject);
      measures.push([
        name,
        await within(beginMsMax, `${scenario.name}, ${name}: to begin`, scenario.begin(subject, options)),
      ]);
      rounds[name] = [];
    }
    const allReadyAtMs = performance.now();
    const count = Math.min(options.rounds, scenario.roundsMax ?? options.rounds);
    for (let round = 0; round < count; round++) {
      for (const [name, measure] of rotated(measures, round)) {
        options.onProgress(`${scenario.name}: round ${round + 1} of ${count}, ${name}`);
        rounds[name]?.push(
          await within(roundMsMax, `${scenario.name}, ${name}: a round`, measure(allReadyAtMs)),
        );
      }
    }
  } finally {
    for (const subject of subjects) await subject.remove();
  }
  const results: Results = Object.fromEntries(
    Object.entries(rounds).map(([name, figures]) => [name, medians(figures)]),
  );
  const verdicts = scenario.bars.flatMap((bar) => judge(bar, results) ?? []);
  const seconds = (performance.now() - startedAtMs) / 1000;
  const after = cpuUse();
  const machineSeconds = after.machineSeconds - before.machineSeconds;
  const coresTaken = (machineSeconds - (after.ownSeconds - before.ownSeconds)) / seconds;
  return { scenario: scenario.name, results, rounds, verdicts, seconds, coresTaken };
}

/** A server that loses an update or a connection would be waited for for ever. */
async function within<Result>(msMax: number, what: string, result: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${msMax / 1000} s`)), msMax);
  });
  try {
    return await Promise.race([result, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Nobody is always the first. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}

function medians(rounds: readonly Figures[]): Figures {
  const keys = new Set(rounds.flatMap((figures) => Object.keys(figures)));
  return Object.fromEntries(
    [...keys].map((key) => [key, median(rounds.flatMap((figures) => figures[key] ?? []))]),
  );
}
