import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { median } from "./statistics";

/** Of Linux, on all architectures where Node runs. */
const ticksPerSecond = 100;

/** The cores that this process may use. */
export function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Binds a process and all its threads to one core. Returns false where there is no `taskset`. */
export function pin(pid: number, core: number): boolean {
  try {
    execFileSync("taskset", ["-a", "-c", "-p", String(core), String(pid)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Seconds of CPU that a process has used, all its threads together. */
export function cpuSeconds(pid: number): number {
  const [user = 0, system = 0] = processFields(pid).slice(11, 13);
  return (user + system) / ticksPerSecond;
}

/** What `/proc/<pid>/stat` says behind the process's name, which stands in parentheses and may hold spaces. */
function processFields(pid: number): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
}

/** Seconds of CPU: of the whole machine, and of this process with those that it started and that have ended. */
export function cpuUse(): { readonly machineSeconds: number; readonly ownSeconds: number } {
  const [, ...machine] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.split(/\s+/).map(Number) ?? [];
  // user, nice, system; then idle and waiting; then interrupts.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = machine;
  const own = processFields(process.pid).slice(11, 15);
  return {
    machineSeconds: (user + nice + system + irq + softIrq) / ticksPerSecond,
    ownSeconds: own.reduce((sum, ticks) => sum + ticks, 0) / ticksPerSecond,
  };
}

export function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) * 1024;
}

/** How many files a process that this one starts may open. */
export function openFilesMax(): number {
  const limits = readFileSync("/proc/self/limits", "utf8");
  return Number(/^Max open files\s+\d+\s+(\d+)/m.exec(limits)?.[1]);
}

/** Milliseconds of a small write and `fdatasync`: the median of many. */
export async function syncMs(directory: string): Promise<number> {
  const handle = await open(join(directory, "sync"), "w");
  const bytes = Buffer.alloc(64, 1);
  const samples: number[] = [];
  for (let at = 0; samples.length < 300; at += bytes.length) {
    const startedMs = performance.now();
    await handle.write(bytes, 0, bytes.length, at);
    await handle.datasync();
    samples.push(performance.now() - startedMs);
  }
  await handle.close();
  return median(samples);
}
