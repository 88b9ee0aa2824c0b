import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { promisify } from "node:util";
import { formatBytes, formatCount } from "../../operations/format";
import { type Finding, fail, ok, warn } from "./finding";

const MiB = 1024 ** 2;

/** Node's release. */
export function checkNode(version = process.versions.node): Finding {
  const name = "node";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return fail(name, `Node ${version}`, "Scriptorium needs Node 20.19 or newer.");
  }
  if (major % 2 === 1)
    return warn(name, `Node ${version}, which gets no fixes for long`, "Use an even release.");
  return ok(name, `Node ${version}`);
}

/** Is there room for the server, in this machine or container? */
export function checkMemory(): Finding {
  const name = "memory";
  const allowed = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const free = Math.min(availableMemory(), allowed);
  const what = `${formatBytes(free)} of ${formatBytes(allowed)} are free`;
  const todo = "Give the machine or container more: 512 MiB are enough for some hundred people.";
  if (allowed < 128 * MiB || free < 64 * MiB) return fail(name, what, todo);
  if (allowed < 384 * MiB || free < 192 * MiB) return warn(name, what, todo);
  return ok(name, what);
}

/** What the system could give; memory that it uses as a cache counts. */
function availableMemory(): number {
  try {
    const [, kibibytes] = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8")) ?? [];
    return Number(kibibytes) * 1024 || freemem();
  } catch {
    return freemem();
  }
}

/** Files that the server has open beside connections, generously. */
const filesBeside = 256;

/** Are there as many files allowed as there may be connections? */
export function checkOpenFiles(connectionsMax: number, limits = readLimits()): Finding {
  const name = "open files";
  const [, soft, hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits ?? "") ?? [];
  if (soft === undefined || hard === undefined) return ok(name, "this system does not say");
  const allowed = soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
  const needed = connectionsMax + filesBeside;
  if (allowed >= needed) return ok(name, `${soft} may be open`);
  return warn(
    name,
    `only ${formatCount(allowed)} may be open, and SCRIPTORIUM_CONNECTIONS_MAX is ${formatCount(connectionsMax)}`,
    `Raise the limit to ${needed} (systemd: LimitNOFILE=, Docker: --ulimit nofile=), or lower SCRIPTORIUM_CONNECTIONS_MAX.`,
  );
}

function readLimits(): string | undefined {
  try {
    return readFileSync("/proc/self/limits", "utf8");
  } catch {
    return undefined;
  }
}

/** A moment on both clocks, in milliseconds. */
export interface Clocks {
  readonly wallMs: number;
  readonly steadyMs: number;
}

export function readClocks(): Clocks {
  return { wallMs: Date.now(), steadyMs: performance.now() };
}

const stepMsMax = 50;

/** Does the clock run evenly, and does somebody keep it right? */
export async function checkClock(begin: Clocks, end = readClocks()): Promise<Finding> {
  const name = "clock";
  const stepMs = end.wallMs - begin.wallMs - (end.steadyMs - begin.steadyMs);
  if (Math.abs(stepMs) > stepMsMax) {
    const what = `the clock was set by ${(stepMs / 1000).toFixed(2)} s while the doctor looked`;
    return warn(name, what, "Use a time service that slews rather than sets, such as chrony.");
  }
  const synchronised = await askTimeService();
  if (synchronised === false) {
    return warn(name, "no time service keeps the clock right", "Start one: timedatectl set-ntp true");
  }
  return ok(
    name,
    synchronised
      ? "kept right by a time service"
      : "runs evenly; who keeps it right cannot be seen from here",
  );
}

/** Undefined where that cannot be seen, as in a container. */
async function askTimeService(): Promise<boolean | undefined> {
  if (existsSync("/run/systemd/timesync/synchronized") || existsSync("/run/chrony/chronyd.pid")) return true;
  try {
    const args = ["show", "--property=NTPSynchronized", "--value"];
    const { stdout } = await promisify(execFile)("timedatectl", args, { timeout: 2000 });
    return stdout.trim() === "yes";
  } catch {
    return undefined;
  }
}
