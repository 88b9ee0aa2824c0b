import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

const peers = join(root, "bench", "peers");
const stamp = join(peers, "node_modules", ".scriptorium-lockfile");

/** Installs the servers that ours is measured beside, unless those of this very lockfile are there. */
export function ensurePeersInstalled() {
  const lockfile = createHash("sha256")
    .update(readFileSync(join(peers, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockfile) return;
  console.error("Installing the servers to compare with. It takes a minute: SQLite may have to be compiled.");
  run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: peers });
  writeFileSync(stamp, lockfile);
}
