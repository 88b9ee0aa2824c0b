import { existsSync } from "node:fs";
import { join } from "node:path";
import { verifyLog } from "@scriptorium/log";
import type { Problem } from "../operations/problem";
import type { Progress } from "../operations/progress";
import { listBases } from "./copy-log";
import { hashFile } from "./hash-file";
import { bytesOf, type Manifest, readManifest } from "./manifest";

export interface CheckOptions {
  /** Absolute path of the backup. */
  readonly source: string;
  readonly signal: AbortSignal;
  readonly hashing: Progress;
  readonly verifying: Progress;
}

export interface BackupCheck {
  readonly manifest: Manifest;
  /** What is wrong; empty for a backup that is as it was made. Damage that was backed up is no problem of the backup. */
  readonly problems: readonly Problem[];
  /** Damage that the log had when it was backed up. */
  readonly damages: readonly Problem[];
  /** Position of the last record that the log had dropped; 0 if none. */
  readonly horizonPosition: number;
}

const hint = "Use another backup, or another copy of this file";

/**
 * Compares every file of a backup with its manifest, and verifies every checksum of the log in it.
 *
 * @throws {OperationError} NOT_FOUND, UNSUPPORTED_VERSION, DAMAGED: the manifest cannot be read
 */
export async function checkBackup(options: CheckOptions): Promise<BackupCheck> {
  const { source, signal, verifying } = options;
  const manifest = await readManifest(source);
  const changed = await compareFiles(manifest, options);
  const log = join(source, "log");
  if (!existsSync(log)) return { manifest, problems: changed, damages: [], horizonPosition: 0 };
  const foreign = await listForeign(log, manifest);
  const report = await verifyLog(log, {
    signal,
    onProgress: ({ bytesDone, bytesTotal }) => verifying.update(bytesDone, bytesTotal),
  });
  verifying.end();
  const intact = changed.length === 0 && foreign.length === 0;
  // With the bytes that were backed up, damage is that of the log. Otherwise it says where a file has changed.
  const problems = intact
    ? compareTotals(manifest, report, source)
    : [...changed, ...foreign, ...report.damages];
  const { horizonPosition } = report;
  return { manifest, problems, damages: intact ? report.damages : [], horizonPosition };
}

async function compareFiles({ files }: Manifest, options: CheckOptions): Promise<Problem[]> {
  const { source, signal, hashing } = options;
  const total = bytesOf(files);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    hashing.update(done, total);
  };
  const problems: Problem[] = [];
  for (const { path, bytes, sha256 } of files) {
    const file = join(source, path);
    const report = (what: string) => problems.push({ file, offset: undefined, what, hint });
    try {
      const digest = await hashFile(file, { signal, onBytes });
      if (digest.bytes !== bytes) report(`has ${digest.bytes} bytes, not ${bytes} as when it was backed up`);
      else if (digest.sha256 !== sha256) report("is not what was backed up: its SHA-256 differs");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") report("is missing");
      else if (code === "EIO") report("cannot be read by the disk");
      else throw error;
    }
  }
  hashing.end();
  return problems;
}

async function listForeign(log: string, { files }: Manifest): Promise<Problem[]> {
  const known = new Set(files.map(({ path }) => path.slice("log/".length).split(".")[0]));
  return (await listBases(log))
    .filter((base) => !known.has(base))
    .map((base) => ({
      file: join(log, base),
      offset: undefined,
      what: "is no part of the backup",
      hint: "Move it away",
    }));
}

/** The files can only agree with the manifest and not with its totals if the manifest was changed. */
function compareTotals(
  { log }: Manifest,
  found: { lastPosition: number; newestRevision: bigint; records: number },
  source: string,
): Problem[] {
  if (
    found.lastPosition === log.position &&
    found.newestRevision === log.revision &&
    found.records === log.records
  ) {
    return [];
  }
  const what = `names ${log.records} records up to position ${log.position}, but there are ${found.records} up to ${found.lastPosition}`;
  return [{ file: join(source, "manifest.json"), offset: undefined, what, hint: "Use another backup" }];
}
