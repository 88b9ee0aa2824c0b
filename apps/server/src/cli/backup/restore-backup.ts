import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { LogRecord } from "@scriptorium/log";
import { CliError } from "../cli-error";
import type { Problem } from "../log/problem";
import type { Progress } from "../terminal/progress";
import { type BackupCheck, checkBackup } from "./check-backup";
import { ContentCounter, type ContentTotals } from "./content";
import { copyFile } from "./hash-file";
import { bytesOf, type Manifest } from "./manifest";
import { readUpTo, writeLog } from "./rewrite-log";
import { assertFree, makeWhole, syncDirectory } from "./staging";

export interface RestoreOptions {
  /** Absolute path of the backup. */
  readonly source: string;
  /** Absolute path of the data directory to restore into. */
  readonly dataDirectory: string;
  /** Only records up to this revision. */
  readonly revisionMax: bigint | undefined;
  /** Prove the backup and change nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly hashing: Progress;
  readonly verifying: Progress;
  readonly reading: Progress;
  readonly writing: Progress;
}

export interface RestoreResult {
  readonly check: BackupCheck;
  /** What was, or would be, restored; undefined if the backup is damaged, and so nothing was. */
  readonly content: ContentTotals | undefined;
}

const everything = 2n ** 64n - 1n;

/**
 * Proves a backup, then makes a data directory's log of it: all of it, as it is, or rewritten up to a moment.
 *
 * @throws {CliError} NOT_FOUND, UNSUPPORTED_VERSION, DAMAGED, IN_THE_WAY; and whatever a disk may say: there is no log
 *   in the data directory then
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreResult> {
  const target = join(options.dataDirectory, "log");
  if (!options.dryRun) {
    await assertFree(target, "Move it away first, or restore into another directory with --to");
  }
  const check = await checkBackup(options);
  const readable = check.problems.length === 0 && check.damages.length === 0;
  // Damage that was backed up can only be restored as it is, for `log salvage`.
  const restorable = check.problems.length === 0 && (readable || options.revisionMax === undefined);
  const content = readable ? await count(check.manifest, options) : undefined;
  if (options.dryRun || !restorable) return { check, content };
  await makeWhole(target, (directory) => fill(directory, check.manifest, content, options));
  return { check, content };
}

/** Reads every record. @throws {CliError} NOT_FOUND: none is as old as was asked for */
async function count({ log, files }: Manifest, options: RestoreOptions): Promise<ContentTotals> {
  const { reading, revisionMax } = options;
  const total = bytesOf(files);
  const counter = new ContentCounter();
  for await (const record of records(log.position, options)) {
    counter.add(record);
    reading.update(total * (record.position / log.position), total);
  }
  reading.end();
  if (counter.totals.records === 0 && log.records > 0 && revisionMax !== undefined) {
    throw new CliError("NOT_FOUND", "the backup has nothing that is as old as that");
  }
  return counter.totals;
}

async function* records(
  through: number,
  options: RestoreOptions,
): AsyncGenerator<LogRecord, void, undefined> {
  const { source, revisionMax = everything, signal } = options;
  for await (const record of readUpTo(join(source, "log"), through, revisionMax)) {
    signal.throwIfAborted();
    yield record;
  }
}

async function fill(
  directory: string,
  manifest: Manifest,
  content: ContentTotals | undefined,
  options: RestoreOptions,
): Promise<void> {
  if (options.revisionMax === undefined || content === undefined)
    await copyFiles(directory, manifest, options);
  else await writeLog(directory, records(content.position, options));
  await syncDirectory(directory);
  // They belong to a log that is gone, and the server builds them anew. Before the log is there, so that it never
  // meets them.
  await rm(join(options.dataDirectory, "projections"), { recursive: true, force: true });
}

async function copyFiles(directory: string, { files }: Manifest, options: RestoreOptions): Promise<void> {
  const { source, signal, writing } = options;
  const total = bytesOf(files);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    writing.update(done, total);
  };
  await mkdir(directory, { recursive: true });
  for (const { path, sha256 } of files) {
    const digest = await copyFile(join(source, path), join(directory, basename(path)), { signal, onBytes });
    if (digest.sha256 === sha256) continue;
    throw new CliError("DAMAGED", `${join(source, path)} reads differently each time: check the disk`);
  }
  writing.end();
}

/** All that is wrong with a backup, whether it was when it was made or has become so. */
export function problemsOf({ check }: RestoreResult): readonly Problem[] {
  return [...check.problems, ...check.damages];
}
