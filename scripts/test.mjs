/** `npm test`: installs what is missing, then checks, builds and runs every test. Ends with one line that counts them. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { ensurePrometheus } from "./lib/prometheus.mjs";
import { ensureCaddy, ensureNginx } from "./lib/proxies.mjs";
import { root, run, runTool } from "./lib/run.mjs";

const results = join(root, "test-results");

requireNode();
ensureInstalled();
const chromium = ensureChromium();
process.env.PROMETHEUS_BIN = ensurePrometheus();
process.env.NGINX_BIN = ensureNginx();
process.env.CADDY_BIN = ensureCaddy();
rmSync(results, { recursive: true, force: true });

run("npm", ["run", "--silent", "check"]);
build();
runTool("vitest", [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${join(results, "vitest.json")}`,
]);
run(join(root, "e2e", "node_modules", ".bin", "playwright"), ["test"], {
  cwd: join(root, "e2e"),
  env: {
    ...process.env,
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, "playwright.json"),
  },
});

const vitest = JSON.parse(readFileSync(join(results, "vitest.json"), "utf8"));
const playwright = JSON.parse(readFileSync(join(results, "playwright.json"), "utf8")).stats;
const passed = vitest.numPassedTests + playwright.expected;
const failed = vitest.numFailedTests + playwright.unexpected + playwright.flaky;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
