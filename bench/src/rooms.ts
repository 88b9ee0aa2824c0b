import { cpus } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { chosen } from "./chosen";
import { allowedCores, pin } from "./rooms/machine";
import { drawTable } from "./rooms/report/table";
import { type Outcome, runScenario } from "./rooms/run-scenario";
import { allScenarios } from "./rooms/scenarios/all-scenarios";
import type { Scenario } from "./rooms/scenarios/scenario";
import { type ServerName, serverNames } from "./rooms/servers/server-kind";

/** Ours beside its peers, and beside a server that only passes messages on. See the README for the scenarios. */
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    servers: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

/** Gives the load the first core and leaves the second to the servers; undefined where that cannot be. */
function pinLoad(): number | undefined {
  const [loadCore, serverCore] = allowedCores();
  if (loadCore === undefined || serverCore === undefined) {
    console.error("Not pinned: servers and load share the one core that there is.");
    return undefined;
  }
  if (pin(process.pid, loadCore)) return serverCore;
  console.error("Not pinned: there is no taskset. Servers and load may get in each other's way.");
  return undefined;
}

const scenarios = chosen<Scenario>(values.only, allScenarios, ({ name }) => name);
const servers = chosen<ServerName>(values.servers, serverNames, (name) => name);
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds ${values.rounds}: a number of rounds is needed.`);
  process.exit(1);
}

const startedAtMs = performance.now();
const serverCore = pinLoad();
const outcomes: Outcome[] = [];
const failures: { scenario: string; error: string }[] = [];
for (const scenario of scenarios) {
  try {
    const outcome = await runScenario(scenario, {
      servers,
      rounds,
      quick: values.quick,
      serverCore,
      onProgress: (what) => {
        if (process.stderr.isTTY) process.stderr.write(`\x1b[2K${what}\r`);
      },
    });
    if (process.stderr.isTTY) process.stderr.write("\x1b[2K");
    outcomes.push(outcome);
    if (!values.json) console.log(drawTable(scenario, outcome, servers));
  } catch (error) {
    // The others can still be measured.
    console.error(`${scenario.name} failed:`, error);
    failures.push({ scenario: scenario.name, error: String(error) });
  }
}
const seconds = (performance.now() - startedAtMs) / 1000;
const verdicts = outcomes.flatMap((outcome) => outcome.verdicts);
const missed = verdicts.filter(({ isMet }) => !isMet);
if (values.json) {
  const machine = { cpu: cpus()[0]?.model, node: process.version, isPinned: serverCore !== undefined };
  const run = { at: new Date().toISOString(), machine, rounds, quick: values.quick, seconds };
  console.log(JSON.stringify({ ...run, outcomes, failures }, undefined, 2));
} else {
  console.log(
    `${verdicts.length - missed.length} of ${verdicts.length} bars are met; ${seconds.toFixed(0)} s` +
      (values.quick ? "; --quick: an impression, not a measurement" : ""),
  );
}
// What a failed scenario left waiting must not keep the process.
process.exit(failures.length > 0 ? 1 : 0);
