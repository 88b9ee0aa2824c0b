import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

/**
 * The directory with the programs of a Debian package: installed, or unpacked below `node_modules`, as installing it would
 * start a server of its own. Fetches it where it can, else says what to do and ends.
 *
 * @param name of the package
 * @param folder where the package has its programs: `usr/bin`
 * @param variable in the environment that names another directory
 * @param purpose what needs it: "The tests of alerts"
 */
export function ensureDebianTool({ name, programs, folder, variable, purpose }) {
  const isThere = (directory) => programs.every((program) => existsSync(join(directory, program)));
  const installed = process.env[variable] ?? join("/", folder);
  if (isThere(installed)) return installed;
  const unpacked = join(root, "node_modules", ".cache", name);
  const fetched = join(unpacked, folder);
  if (isThere(fetched)) return fetched;
  if (!existsSync("/usr/bin/apt-get")) {
    console.error(
      `${purpose} need ${name}. Install it (Debian: apt-get install ${name}), ` +
        `or set ${variable} to the directory with ${programs.join(" and ")}.`,
    );
    process.exit(1);
  }
  console.error(`Fetching ${name}: ${purpose} need it.`);
  mkdirSync(unpacked, { recursive: true });
  if (!download(name, unpacked) && process.getuid?.() === 0) {
    run("apt-get", ["update", "-qq"]);
    download(name, unpacked);
  }
  const archive = readdirSync(unpacked).find((file) => file.endsWith(".deb"));
  if (archive === undefined) {
    console.error(`${name} could not be fetched. Install it: apt-get install ${name}`);
    process.exit(1);
  }
  run("dpkg-deb", ["-x", archive, "."], { cwd: unpacked });
  return fetched;
}

function download(name, directory) {
  const { status } = spawnSync("/usr/bin/apt-get", ["download", "-qq", name], {
    cwd: directory,
    stdio: "ignore",
  });
  return status === 0;
}
