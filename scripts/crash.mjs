/** `npm run crash -- [--seed N] [--rounds N]`: kills the server again and again while clients type in it. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { runTool } from "./lib/run.mjs";

requireNode();
const { seed, rounds } = readArguments();
ensureInstalled();
ensureBuilt();
console.log(
  `${rounds} rounds with seed ${seed}. To repeat: npm run crash -- --seed ${seed} --rounds ${rounds}`,
);
runTool("vitest", ["run", "--project", "integration", "apps/server/test/crash.test.ts"], {
  env: { ...process.env, CRASH_SEED: seed, CRASH_ROUNDS: rounds },
});

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: "string", default: String(randomInt(2 ** 31)) },
        rounds: { type: "string", default: "200" },
      },
    });
    for (const [name, value] of Object.entries(values)) {
      if (!/^[1-9]\d{0,9}$/.test(value)) throw new Error(`--${name} ${value}: must be a number from 1`);
    }
    return values;
  } catch (error) {
    console.error(`${error.message}\nUsage: npm run crash -- [--seed N] [--rounds N]`);
    process.exit(1);
  }
}
