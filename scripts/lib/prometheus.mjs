import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

/** Where Debian's package is unpacked: installing it would start a server of its own. */
const unpacked = join(root, "node_modules", ".cache", "prometheus");

/** The directory with `prometheus` and `promtool`; fetches Debian's package where it can, else says what to do and ends. */
export function ensurePrometheus() {
  const installed = process.env.PROMETHEUS_BIN ?? "/usr/bin";
  if (isThere(installed)) return installed;
  const fetched = join(unpacked, "usr", "bin");
  if (isThere(fetched)) return fetched;
  if (!existsSync("/usr/bin/apt-get")) {
    console.error(
      "The tests of alerts and dashboard need Prometheus. Install it (Debian: apt-get install prometheus), " +
        "or set PROMETHEUS_BIN to the directory with prometheus and promtool.",
    );
    process.exit(1);
  }
  console.error("Fetching Prometheus for the tests of alerts and dashboard.");
  mkdirSync(unpacked, { recursive: true });
  if (!download() && process.getuid?.() === 0) {
    run("apt-get", ["update", "-qq"]);
    download();
  }
  const archive = readdirSync(unpacked).find((name) => name.endsWith(".deb"));
  if (archive === undefined) {
    console.error("Prometheus could not be fetched. Install it: apt-get install prometheus");
    process.exit(1);
  }
  run("dpkg-deb", ["-x", archive, "."], { cwd: unpacked });
  return fetched;
}

function isThere(directory) {
  return ["prometheus", "promtool"].every((name) => existsSync(join(directory, name)));
}

function download() {
  const { status } = spawnSync("/usr/bin/apt-get", ["download", "-qq", "prometheus"], {
    cwd: unpacked,
    stdio: "ignore",
  });
  return status === 0;
}
