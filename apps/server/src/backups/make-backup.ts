import { mkdir, open, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { verifyLog } from "@scriptorium/log";
import { readFormat } from "../data-format/format-file";
import type { Problem } from "../operations/problem";
import type { Progress } from "../operations/progress";
import { copyLog, type EarlierBackup } from "./copy-log";
import { hashFile } from "./hash-file";
import { logBytes } from "./log-bytes";
import { encodeManifest, type Manifest, type ManifestFile, manifestName, readManifest } from "./manifest";
import { assertFree, makeWhole, syncDirectory } from "./staging";

export interface BackupOptions {
  readonly logDirectory: string;
  /** Absolute path of the backup's directory. */
  readonly target: string;
  /** Absolute path of an earlier backup of the same log. */
  readonly since: string | undefined;
  /** Share sealed segments with the log itself: such a backup costs next to nothing, and dies with the disk. */
  readonly linkSealed?: boolean;
  /** Of this product. */
  readonly version: string;
  readonly createdAt: Date;
  readonly signal: AbortSignal;
  readonly copying: Progress;
  readonly verifying: Progress;
}

export interface BackupResult {
  readonly manifest: Omit<Manifest, "format" | "version">;
  /** Damage that the log has, and now the backup, too. */
  readonly damages: readonly Problem[];
}

/** The header of a segment: a file that ends within it was being created. */
const segmentHeaderBytes = 64;

/**
 * Copies a log, then verifies the copy, while a server may be writing the log. Every edit that was acknowledged before
 * this was called is in the backup.
 *
 * @throws {OperationError} IN_THE_WAY, NOT_FOUND and whatever a disk may say; there is nothing at `target` then
 */
export async function makeBackup(options: BackupOptions): Promise<BackupResult> {
  await assertFree(options.target, "Name a new directory");
  const earlier = await readEarlier(options.since);
  return makeWhole(options.target, (directory) => fill(directory, earlier, options));
}

async function readEarlier(directory: string | undefined): Promise<EarlierBackup | undefined> {
  if (directory === undefined) return undefined;
  const { files } = await readManifest(directory);
  return { directory, files };
}

async function fill(
  directory: string,
  earlier: EarlierBackup | undefined,
  options: BackupOptions,
): Promise<BackupResult> {
  const { logDirectory, signal, linkSealed = false, copying, verifying } = options;
  const log = join(directory, "log");
  await mkdir(log);
  const total = await logBytes(logDirectory);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    copying.update(done, total);
  };
  const copied = await copyLog(logDirectory, log, earlier, { signal, linkSealed, onBytes });
  copying.end();
  const report = await verifyLog(log, {
    signal,
    onProgress: ({ bytesDone, bytesTotal }) => verifying.update(bytesDone, bytesTotal),
  });
  verifying.end();
  const files = await cutTail(log, copied, report.tail, signal);
  await syncDirectory(log);
  // The copy has the same names as the log, where the operator will look.
  const damages = report.damages.map((damage) => ({
    ...damage,
    file: join(logDirectory, basename(damage.file)),
  }));
  const manifest = {
    product: options.version,
    createdAt: options.createdAt.toISOString(),
    dataFormat: readFormat(dirname(logDirectory))?.version ?? 1,
    log: { position: report.lastPosition, revision: report.newestRevision, records: report.records },
    files,
    damages: damages.map(({ file, offset, what }) => ({
      file: basename(file),
      offset: offset ?? null,
      what,
    })),
  };
  await writeFile(join(directory, manifestName), encodeManifest(manifest), { flush: true });
  return { manifest, damages };
}

/** Takes away the beginning of a record that was being written, so that a backup holds whole records only. */
async function cutTail(
  log: string,
  files: ManifestFile[],
  tail: { file: string; offset: number } | undefined,
  signal: AbortSignal,
): Promise<ManifestFile[]> {
  if (tail === undefined) return files;
  const name = basename(tail.file);
  const path = `log/${name}`;
  const own = join(log, name);
  if (tail.offset < segmentHeaderBytes) {
    await rm(own);
    return files.filter((file) => file.path !== path);
  }
  const file = await open(own, "r+");
  try {
    await file.truncate(tail.offset);
    await file.sync();
  } finally {
    await file.close();
  }
  const digest = await hashFile(own, { signal });
  return files.map((file) => (file.path === path ? { path, ...digest } : file));
}
