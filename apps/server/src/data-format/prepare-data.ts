import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { nodeFiles } from "@scriptorium/log";
import { listBases } from "../backups/copy-log";
import { makeBackup } from "../backups/make-backup";
import { isFree } from "../backups/staging";
import type { Logger } from "../observability/logger";
import type { Progress } from "../operations/progress";
import { DataFormatError } from "./data-format-error";
import { currentFormat, type FormatNote, readFormat, writeFormat } from "./format-file";
import { type Migration, migrations } from "./migrations";
import { stateDirectory } from "./state-directory";

export interface PrepareOptions {
  readonly dataDirectory: string;
  /** Of this product. */
  readonly version: string;
  readonly logger: Logger;
  /** Shows how far a long piece of work has come. */
  readonly progress: (label: string) => Progress;
  /** Default: all that there are. */
  readonly migrations?: readonly Migration[];
}

/**
 * Makes sure that the data directory has the format of this release: notes it in a new one, migrates an older one after
 * a backup, refuses a newer one. Whenever it is interrupted, the next start goes on where it was.
 *
 * @throws {DataFormatError}; {LogError} LOCKED: another process has the directory; and whatever the disk may say
 */
export async function prepareData(options: PrepareOptions): Promise<void> {
  const { dataDirectory } = options;
  // First without the lock: who has newer data should hear of that, also while another process serves it.
  readFormat(dataDirectory);
  const log = join(dataDirectory, "log");
  await nodeFiles.makeDirectory(log);
  const lock = await nodeFiles.lock(log);
  try {
    const note = readFormat(dataDirectory);
    if (note === undefined && !(await isOfFirstFormat(dataDirectory))) await begin(options);
    else await migrate(note ?? { version: 1, product: "" }, options);
    // A restored directory has none, as what is in there can be lost.
    await mkdir(stateDirectory(dataDirectory), { recursive: true });
  } finally {
    await lock.release();
  }
}

/** Data that was written before formats were noted. */
async function isOfFirstFormat(dataDirectory: string): Promise<boolean> {
  return (await listBases(join(dataDirectory, "log"))).length > 0;
}

async function begin({ dataDirectory, version }: PrepareOptions): Promise<void> {
  await writeFormat(dataDirectory, { version: currentFormat, product: version });
}

async function migrate(note: FormatNote, options: PrepareOptions): Promise<void> {
  const { dataDirectory, logger, version: product } = options;
  const steps = (options.migrations ?? migrations).filter(({ to }) => to > note.version);
  const last = steps.at(-1);
  if (last === undefined) return;
  const migration = note.migration ?? planMigration(last.to);
  const facts = { from: note.version, to: last.to };
  logger.info({ ...facts, resumed: note.migration !== undefined }, "migrating the data");
  try {
    // Before the backup: whoever goes on with this knows its name.
    await writeFormat(dataDirectory, { version: note.version, product, migration });
    await backUpBefore(migration.backup, options);
    for (const { to, run } of steps) {
      await run(dataDirectory);
      await writeFormat(dataDirectory, { version: to, product, ...(to < last.to && { migration }) });
      logger.info({ format: to }, "migrated the data");
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DataFormatError(
      "MIGRATION_FAILED",
      `The data in ${dataDirectory} could not be brought from format ${facts.from} to ${facts.to}: ${why}.\n` +
        "Nothing is lost. Remove the cause, such as a full disk, and start again: it goes on where it was.",
      { cause },
    );
  }
}

function planMigration(to: number): NonNullable<FormatNote["migration"]> {
  const startedAt = new Date().toISOString();
  return { to, backup: `before-${to}-${startedAt.slice(0, 19).replaceAll(":", "-")}Z`, startedAt };
}

/** Makes the backup of that name unless it is there; a log without segments has nothing to lose. */
async function backUpBefore(name: string, options: PrepareOptions): Promise<void> {
  const { dataDirectory, logger, progress, version } = options;
  const logDirectory = join(dataDirectory, "log");
  const backups = join(dataDirectory, "backups");
  const target = join(backups, name);
  if ((await listBases(logDirectory)).length === 0) return;
  if (await isFree(target)) {
    await removeUnfinished(backups, name);
    const { damages } = await makeBackup({
      logDirectory,
      target,
      since: undefined,
      linkSealed: true,
      version,
      createdAt: new Date(),
      signal: new AbortController().signal,
      copying: progress("Backing up before the migration"),
      verifying: progress("Verifying the backup"),
    });
    if (damages.length > 0) {
      logger.warn(
        { damages: damages.length },
        "the log is damaged, and so is the backup made before its migration",
      );
    }
  }
  logger.info({ backup: target }, "backed up the data before its migration");
}

/** What a crash left of the same backup. */
async function removeUnfinished(backups: string, name: string): Promise<void> {
  const names = await readdir(backups).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const unfinished = names.filter((candidate) => candidate.startsWith(`${name}.unfinished-`));
  for (const candidate of unfinished) await rm(join(backups, candidate), { recursive: true, force: true });
}
