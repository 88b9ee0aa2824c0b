/**
 * `npm run bench [-- data | ids | log | metrics | replay | rooms | web] [options]`: builds what is to be measured and measures it. `rooms` and `web`
 * run only by name: they take minutes; the one installs the servers that it compares ours with, the other needs Chromium.
 */
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { ensurePeersInstalled } from "./lib/install-peers.mjs";
import { root, run, runTool } from "./lib/run.mjs";

const benchmarks = ["data", "ids", "log", "metrics", "replay", "rooms", "web"];
const byDefault = ["log", "replay"];

requireNode();
const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !benchmarks.includes(name)) {
  console.error(
    `There is no benchmark ${name}. Usage: npm run bench [-- ${benchmarks.join(" | ")}] [options]`,
  );
  process.exit(1);
}
ensureInstalled();
if (name === "rooms") ensurePeersInstalled();
ensureBuilt();
runTool("vite", ["build", "--logLevel", "warn"], { cwd: join(root, "bench") });
if (name === "web") runTool("vite", ["build", "--logLevel", "warn"], { cwd: join(root, "bench", "plain") });
for (const benchmark of name === undefined ? byDefault : [name]) {
  run(process.execPath, [join(root, "bench", "dist", `${benchmark}.js`), ...options]);
}
