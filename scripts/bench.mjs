/** `npm run bench [-- log | replay] [options]`: builds what is to be measured and measures it. */
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { root, run, runTool } from "./lib/run.mjs";

const benchmarks = ["log", "replay"];

requireNode();
const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !benchmarks.includes(name)) {
  console.error(
    `There is no benchmark ${name}. Usage: npm run bench [-- ${benchmarks.join(" | ")}] [options]`,
  );
  process.exit(1);
}
ensureInstalled();
ensureBuilt();
runTool("vite", ["build", "--logLevel", "warn"], { cwd: join(root, "bench") });
for (const benchmark of name === undefined ? benchmarks : [name]) {
  run(process.execPath, [join(root, "bench", "dist", `${benchmark}.js`), ...options]);
}
