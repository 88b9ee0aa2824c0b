import { randomBytes } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { formatBytes } from "../../operations/format";
import { type Finding, fail, ok, warn } from "./finding";

const name = "disk speed";

/** As long as a usual commit of the log. */
const commitBytes = 4096;
const commits = 200;
const commitMsMax = 3000;
const pieceBytes = 1024 * 1024;
const streamPieces = 64;

export interface DiskSpeed {
  /** Of one write with its sync, in milliseconds. */
  readonly syncP50Ms: number;
  readonly syncP99Ms: number;
  readonly bytesPerSecond: number;
}

/** Writes and syncs as the log does, in a file of its own that goes again. */
export async function measureDisk(directory: string): Promise<DiskSpeed> {
  const path = join(directory, `doctor-${randomBytes(4).toString("hex")}.tmp`);
  const file = await open(path, "wx");
  try {
    // From here on nothing is left of it, however this ends.
    await rm(path);
    const syncMs = await timeSyncs(file);
    return {
      syncP50Ms: quantile(syncMs, 0.5),
      syncP99Ms: quantile(syncMs, 0.99),
      bytesPerSecond: await timeStream(file),
    };
  } finally {
    await file.close();
  }
}

async function timeSyncs(file: FileHandle): Promise<number[]> {
  const bytes = randomBytes(commitBytes);
  const times: number[] = [];
  const end = performance.now() + commitMsMax;
  for (let at = 0; at < commits && performance.now() < end; at++) {
    const begin = performance.now();
    await file.write(bytes, 0, commitBytes, at * commitBytes);
    await file.datasync();
    times.push(performance.now() - begin);
  }
  return times.sort((one, other) => one - other);
}

async function timeStream(file: FileHandle): Promise<number> {
  const bytes = randomBytes(pieceBytes);
  const begin = performance.now();
  for (let at = 0; at < streamPieces; at++) await file.write(bytes, 0, pieceBytes, at * pieceBytes);
  await file.datasync();
  return (streamPieces * pieceBytes) / ((performance.now() - begin) / 1000);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** No disk that keeps its word is as quick as that; memory is. */
const honestMs = 0.015;

export function judgeDisk({ syncP50Ms, syncP99Ms, bytesPerSecond }: DiskSpeed): Finding {
  const what = `a sync takes ${milliseconds(syncP50Ms)}, one in a hundred ${milliseconds(syncP99Ms)}; ${formatBytes(bytesPerSecond)}/s`;
  if (syncP50Ms < honestMs) {
    return warn(
      name,
      `${what}: quicker than a disk can be`,
      "Something may say that edits are on the disk before they are, such as a cache of a virtual machine (use cache=none) or a controller without a battery.",
    );
  }
  if (syncP50Ms > 100) {
    return fail(
      name,
      what,
      "People wait that long for “Saved”. Use another disk; network storage and SD cards are often so slow.",
    );
  }
  if (syncP50Ms > 20 || syncP99Ms > 200) {
    return warn(
      name,
      what,
      "“Saved” comes late at times. Is something else busy on this disk? An SSD needs a millisecond.",
    );
  }
  return ok(name, what);
}

function milliseconds(ms: number): string {
  return `${ms.toPrecision(2)} ms`;
}
