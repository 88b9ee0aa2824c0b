import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { repository } from "./repository";

/** The operator's command line, as it is built. */
export const cliEntry = join(repository, "apps/server/dist/cli.js");

export interface CliRun {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunningCli {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves, when the process has ended, with its exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts the operator's command line in a process of its own, without a terminal. */
export function launchCli(args: readonly string[], env: Record<string, string> = {}): RunningCli {
  const child = spawn(process.execPath, [cliEntry, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, ended: new Promise((resolve) => child.once("close", resolve)) };
}

/** Runs a command to its end. */
export async function runCli(args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> {
  const { child, ended } = launchCli(args, env);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}

/** What a command that succeeds prints with `--json`, one value for each line. @throws with its output if it fails */
export async function jsonLines<Line>(...args: readonly string[]): Promise<Line[]> {
  const { code, stdout, stderr } = await runCli([...args, "--json"]);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${stderr}${stdout}`);
  return stdout
    .trim()
    .split("\n")
    .map((line): Line => JSON.parse(line));
}
