import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { repository } from "../../../apps/server/test/harness/repository";

const cli = join(repository, "apps", "server", "dist", "cli.js");
const sampleEveryMs = 20;
/** How Linux counts the time of a process. */
const ticksPerSecond = 100;

export interface Run {
  readonly seconds: number;
  /** Of all its threads. Beside other work it says more than the seconds do. */
  readonly cpuSeconds: number;
  /** Resident at its highest. */
  readonly memoryBytes: number;
}

async function used(pid: number | undefined): Promise<Omit<Run, "seconds"> | undefined> {
  try {
    const [status, stats] = await Promise.all(
      ["status", "stat"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8")),
    );
    // The name of the process, in parentheses, may hold anything.
    const fields = (stats ?? "").slice((stats ?? "").lastIndexOf(")") + 2).split(" ");
    const peak = /VmHWM:\s+(\d+) kB/.exec(status ?? "")?.[1];
    if (peak === undefined) return undefined;
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { cpuSeconds: ticks / ticksPerSecond, memoryBytes: Number(peak) * 1024 };
  } catch {
    // It has ended.
    return undefined;
  }
}

/** Runs a command of ours in a process of its own. */
export function runOurs(...args: readonly string[]): Promise<Run> {
  return run(process.execPath, [cli, ...args, "--json"]);
}

/** Runs a program to its end. @throws if it fails */
export async function run(program: string, args: readonly string[]): Promise<Run> {
  const startedMs = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  let newest: Omit<Run, "seconds"> = { cpuSeconds: 0, memoryBytes: 0 };
  const sampling = setInterval(async () => {
    newest = (await used(child.pid)) ?? newest;
  }, sampleEveryMs);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
  return { seconds: (performance.now() - startedMs) / 1000, ...newest };
}
