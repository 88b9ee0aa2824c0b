import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Ulid } from "@scriptorium/ids";
import type { LogRecord, RecordInput } from "@scriptorium/log";
import { writeFormat } from "../data-format/format-file";
import { formatTime } from "../operations/format";
import { OperationError } from "../operations/operation-error";
import type { Problem } from "../operations/problem";
import type { Progress } from "../operations/progress";
import { timeOf } from "../operations/revision-time";
import { type BackupCheck, checkBackup } from "./check-backup";
import { ContentCounter, type ContentTotals } from "./content";
import { copyFile } from "./hash-file";
import { bytesOf, type Manifest } from "./manifest";
import { MomentFilter } from "./moment-filter";
import { mintEpoch, restoredToRecord } from "./new-epoch";
import { readThrough, writeLog } from "./rewrite-log";
import { assertFree, makeWhole, syncDirectory } from "./staging";

export interface RestoreOptions {
  /** Absolute path of the backup. */
  readonly source: string;
  /** Absolute path of the data directory to restore into. */
  readonly dataDirectory: string;
  /** Of this product. */
  readonly version: string;
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
  /** Records that are later than the moment, and so are left out. */
  readonly undone: number;
  /** Of all documents from now on; undefined if they keep theirs, since nothing is undone. */
  readonly epoch: Ulid | undefined;
}

/** What a restore is going to do. */
interface Plan {
  /** Where the records are that are to be read. */
  readonly range: { readonly after: number; readonly through: number };
  readonly content: ContentTotals;
  readonly undone: number;
  readonly epoch: Ulid | undefined;
}

/**
 * Proves a backup, then makes a data directory's log of it: all of it, as it is, or rewritten up to a moment.
 *
 * @throws {OperationError} NOT_FOUND, UNSUPPORTED_VERSION, DAMAGED, IN_THE_WAY; and whatever a disk may say: there is no log
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
  const plan = readable ? await makePlan(check, options) : undefined;
  if (!options.dryRun && restorable) {
    await makeWhole(target, (directory) => fill(directory, check.manifest, plan, options));
  }
  return {
    check,
    content: plan?.content,
    undone: plan?.undone ?? 0,
    epoch: options.dryRun ? undefined : plan?.epoch,
  };
}

/** Reads every record. @throws {OperationError} NOT_FOUND: none is as old as was asked for */
async function makePlan({ manifest, horizonPosition }: BackupCheck, options: RestoreOptions): Promise<Plan> {
  const { log, files } = manifest;
  const { reading, revisionMax } = options;
  const range = { after: horizonPosition, through: log.position };
  const total = bytesOf(files);
  const counter = new ContentCounter();
  const filter = new MomentFilter(revisionMax);
  for await (const batch of records(range, filter, options)) {
    for (const record of batch) counter.add(record);
    reading.update(total * (counter.totals.position / log.position), total);
  }
  reading.end();
  if (revisionMax !== undefined && revisionMax < filter.horizon) {
    const begin = formatTime(timeOf(filter.horizon));
    throw new OperationError(
      "NOT_FOUND",
      `the backup has no history of before ${begin}: it was dropped because of its age`,
    );
  }
  if (counter.totals.records === 0 && log.records > 0 && revisionMax !== undefined) {
    throw new OperationError("NOT_FOUND", "the backup has nothing that is as old as that");
  }
  const { undone } = filter;
  return { range, content: counter.totals, undone, epoch: undone > 0 ? mintEpoch() : undefined };
}

async function* records(
  range: Plan["range"],
  filter: MomentFilter,
  { source, signal }: RestoreOptions,
): AsyncGenerator<LogRecord[], void, undefined> {
  for await (const batch of readThrough(join(source, "log"), range)) {
    signal.throwIfAborted();
    yield batch.filter((record) => filter.takes(record));
  }
}

/** The log of an earlier moment: the records up to it and, if that undoes any, the one that says so. */
async function* recordsOfMoment(
  revisionMax: bigint,
  { range, content, epoch }: Plan,
  newest: bigint,
  options: RestoreOptions,
): AsyncGenerator<RecordInput, void, undefined> {
  const wanted = { ...range, through: content.position };
  for await (const batch of records(wanted, new MomentFilter(revisionMax), options)) yield* batch;
  if (epoch !== undefined) yield restoredToRecord(epoch, revisionMax, newest);
}

async function fill(
  directory: string,
  manifest: Manifest,
  plan: Plan | undefined,
  options: RestoreOptions,
): Promise<void> {
  const { revisionMax } = options;
  if (revisionMax === undefined || plan === undefined) await copyFiles(directory, manifest, options);
  else await writeLog(directory, recordsOfMoment(revisionMax, plan, manifest.log.revision, options));
  await syncDirectory(directory);
  // They belong to a log that is gone, and the server builds them anew. Before the log is there, so that it never
  // meets them.
  await rm(join(options.dataDirectory, "projections"), { recursive: true, force: true });
  // What a log has of an older format is migrated at the next start.
  await writeFormat(options.dataDirectory, { version: manifest.dataFormat, product: options.version });
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
    throw new OperationError("DAMAGED", `${join(source, path)} reads differently each time: check the disk`);
  }
  writing.end();
}

/** All that is wrong with a backup, whether it was when it was made or has become so. */
export function problemsOf({ check }: RestoreResult): readonly Problem[] {
  return [...check.problems, ...check.damages];
}
