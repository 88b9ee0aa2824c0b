import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

const pnpm = "pnpm@12.21.0";
const stamp = join(root, "node_modules", ".scriptorium-lockfile");

/** Ends this process, saying why, if Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Scriptorium needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
  process.exit(1);
}

/** Installs the dependencies unless those of this very lockfile are there. pnpm comes through npm. */
export function ensureInstalled() {
  const lockfile = createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockfile) return;
  console.error(
    "Installing dependencies. The first time takes a minute or two: SQLite may have to be compiled.",
  );
  run("npm", ["exec", "--yes", pnpm, "--", "install", "--frozen-lockfile"]);
  writeFileSync(stamp, lockfile);
}
