/** `npm run bench`: builds what is to be measured and measures it. */
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { root, run, runTool } from "./lib/run.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
runTool("vite", ["build", "--logLevel", "warn"], { cwd: join(root, "bench") });
run(process.execPath, [join(root, "bench", "dist", "replay.js")]);
