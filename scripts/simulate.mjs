/** `npm run simulate -- [--seed N] [--schedules N]`: the log on a simulated disk that crashes, fails and rots. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { runTool } from "./lib/run.mjs";

requireNode();
const { seed, schedules } = readArguments();
ensureInstalled();
console.log(
  `${schedules} schedules from seed ${seed} on. To repeat: npm run simulate -- --seed ${seed} --schedules ${schedules}`,
);
runTool(
  "vitest",
  [
    "run",
    "--project",
    "isolated",
    "packages/log/test/simulation/honest-disk.test.ts",
    "packages/log/test/simulation/faulty-disk.test.ts",
  ],
  { env: { ...process.env, SIMULATE_SEED: seed, SIMULATE_SCHEDULES: schedules } },
);

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: "string", default: String(randomInt(1, 2 ** 31)) },
        schedules: { type: "string", default: "20000" },
      },
    });
    for (const [name, value] of Object.entries(values)) {
      if (!/^[1-9]\d{0,9}$/.test(value)) throw new Error(`--${name} ${value}: must be a number from 1`);
    }
    return values;
  } catch (error) {
    console.error(`${error.message}\nUsage: npm run simulate -- [--seed N] [--schedules N]`);
    process.exit(1);
  }
}
