import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runTool } from "./run.mjs";

const stamp = join(root, "node_modules", ".scriptorium-build");
const sources = ["apps", "packages", "pnpm-lock.yaml", "tsconfig.base.json"];
const outputs = ["apps/server/dist/main.js", "apps/web/dist/index.html"];

/** Builds server and web app unless nothing has changed since the last build. */
export function ensureBuilt() {
  if (isFresh()) return;
  console.error("Building.");
  build();
}

/** Builds server and web app. */
export function build() {
  const startedAt = new Date();
  for (const app of ["apps/server", "apps/web"]) {
    runTool("vite", ["build", "--logLevel", "warn"], { cwd: join(root, app) });
  }
  writeFileSync(stamp, startedAt.toISOString());
}

function isFresh() {
  if (!existsSync(stamp) || !outputs.every((output) => existsSync(join(root, output)))) return false;
  const builtMs = statSync(stamp).mtimeMs;
  return sources.every((source) => newestMs(join(root, source)) < builtMs);
}

function newestMs(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let newest = stat.mtimeMs;
  for (const { name } of readdirSync(path, { withFileTypes: true })) {
    if (name === "node_modules" || name === "dist" || name === ".types") continue;
    newest = Math.max(newest, newestMs(join(path, name)));
  }
  return newest;
}
