import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a program to its end with this process's terminal; ends this process if it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    // npm and what it installs are command files on Windows.
    shell: process.platform === "win32",
    ...options,
  });
  if (error) console.error(`${command}: ${error.message}`);
  if (error || status !== 0) process.exit(status || 1);
}

/** Runs a program that a dependency installed. */
export function runTool(tool, args, options = {}) {
  run(fileURLToPath(new URL(`../../node_modules/.bin/${tool}`, import.meta.url)), args, options);
}
