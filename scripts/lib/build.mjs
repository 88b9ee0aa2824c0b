import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runTool } from "./run.mjs";

const stamp = join(root, "node_modules", ".scriptorium-build");
const sources = ["apps", "packages", "pnpm-lock.yaml", "tsconfig.base.json"];
const outputs = ["apps/server/dist/main.js", "apps/web/dist/index.html"];

/** Builds server and web app unless nothing has changed since the last build. */
export function ensureBuilt() {
  const isBuilt = existsSync(stamp) && outputs.every((output) => existsSync(join(root, output)));
  if (isBuilt && readFileSync(stamp, "utf8") === fingerprint()) return;
  console.error("Building.");
  build();
}

/** Builds server and web app. */
export function build() {
  const built = fingerprint();
  for (const app of ["apps/server", "apps/web"]) {
    runTool("vite", ["build", "--logLevel", "error"], { cwd: join(root, app) });
  }
  writeFileSync(stamp, built);
}

/** Changes with the name, size or time of any source: also where an upgrade brings files that are older. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const source of sources) note(join(root, source), hash);
  return hash.digest("hex");
}

function note(path, hash) {
  const stat = statSync(path);
  if (!stat.isDirectory()) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== "node_modules" && name !== "dist" && name !== ".types") note(join(path, name), hash);
  }
}
