import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Log, nodeFiles } from "@scriptorium/log";
import { beforeEach, expect, test } from "vitest";
import { parseBackupPolicy } from "../config/backup-policy";
import { lastBackupMs, lastRehearsalMs } from "../storage/last-backup";
import { temporaryDirectory } from "../testing/temporary-directory";
import { backupName } from "./backup-name";
import { type BackupReport, runBackup } from "./run-backup";

let dataDirectory: string;
let backupDirectory: string;

beforeEach(async () => {
  const directory = await temporaryDirectory();
  dataDirectory = join(directory, "data");
  backupDirectory = join(directory, "backups");
  await write();
});

/** Adds records to the log: a sealed segment for each two of them. */
async function write(): Promise<void> {
  const log = await Log.open({
    directory: join(dataDirectory, "log"),
    durability: "os",
    segmentBytesMax: 4096,
  });
  const key = new Uint8Array(16);
  for (let count = 0; count < 5; count++) {
    const revision = log.newestRevision + BigInt(count) + 1n;
    const payload = new Uint8Array(2000).fill(count);
    await log.append({ revision, key, stream: 9, kind: 1, author: key, payload }).durable;
  }
  await log.sealed();
  await log.close();
}

const day = (number: number) => new Date(Date.UTC(2026, 2, number));

function backUp(startedAt: Date, keep = "2"): Promise<BackupReport> {
  const policy = parseBackupPolicy(keep) ?? expect.fail("no policy");
  return runBackup({
    dataDirectory,
    backupDirectory,
    keep: policy,
    rehearse: true,
    version: "0.1.0",
    startedAt,
  });
}

/** The backups, without what belongs to the directory. */
async function shelf(): Promise<string[]> {
  return (await readdir(backupDirectory)).filter((name) => name !== "LOCK").sort();
}

async function sealedIn(at: Date): Promise<string> {
  const log = join(backupDirectory, backupName(at), "log");
  const [first = expect.fail("nothing was sealed")] = (await readdir(log)).filter((name) =>
    name.endsWith(".sealed"),
  );
  return join(log, first);
}

/** Spoils a file as a failing disk would. */
async function spoil(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  await writeFile(path, bytes);
}

test("shares with the backup before what has not changed, keeps as many as are wanted, and notes when it was", async () => {
  expect(await backUp(day(1))).toMatchObject({ records: 5, problems: [], removed: 0 });
  await write();
  expect(await backUp(day(2))).toMatchObject({ records: 10, removed: 0 });
  expect((await stat(await sealedIn(day(2)))).ino).toBe((await stat(await sealedIn(day(1)))).ino);
  await mkdir(join(backupDirectory, "of-somebody-else"));
  expect(await backUp(day(3))).toMatchObject({ removed: 1 });
  expect(await shelf()).toEqual(["of-somebody-else", backupName(day(2)), backupName(day(3))]);
  expect(lastBackupMs(dataDirectory)).toBe(day(3).getTime());
  expect(lastRehearsalMs(dataDirectory)).toBe(day(3).getTime());
});

test("removes what a crash left, and takes it for no backup", async () => {
  await backUp(day(1));
  const left = [`${backupName(day(2))}.unfinished-12ab34cd`, `${backupName(day(1))}.unfinished-removal`];
  for (const name of left) await mkdir(join(backupDirectory, name, "log"), { recursive: true });
  await mkdir(join(backupDirectory, "monday.unfinished-12ab34cd"));
  await backUp(day(3), "1");
  expect(await shelf()).toEqual(["monday.unfinished-12ab34cd", backupName(day(3))]);
});

test("removes no backup while the log is damaged", async () => {
  await backUp(day(1));
  const [sealed = ""] = (await readdir(join(dataDirectory, "log"))).filter((name) =>
    name.endsWith(".sealed"),
  );
  await spoil(join(dataDirectory, "log", sealed));
  const { problems, removed } = await backUp(day(2), "1");
  expect(problems.join("")).toContain(join(dataDirectory, "log", sealed));
  expect(removed).toBe(0);
  expect(await shelf()).toEqual([backupName(day(1)), backupName(day(2))]);
  expect(lastBackupMs(dataDirectory)).toBe(day(1).getTime());
});

test("shares nothing with a backup that has rotted, so that the new one is whole", async () => {
  await backUp(day(1));
  await spoil(await sealedIn(day(1)));
  expect(await backUp(day(2))).toMatchObject({ problems: [] });
  expect((await stat(await sealedIn(day(2)))).ino).not.toBe((await stat(await sealedIn(day(1)))).ino);
});

test("refuses a directory that another server backs itself up into", async () => {
  await backUp(day(1));
  const lock = await nodeFiles.lock(backupDirectory);
  await expect(backUp(day(2))).rejects.toThrow(
    /another server backs itself up into.*SCRIPTORIUM_BACKUP_DIR of its own/,
  );
  await lock.release();
  expect(await shelf()).toEqual([backupName(day(1))]);
});

test("backs up also where nothing can be locked", async () => {
  // As on network storage without locks, SQLite cannot open it.
  await mkdir(join(backupDirectory, "LOCK"), { recursive: true });
  expect(await backUp(day(1))).toMatchObject({ records: 5, problems: [] });
  expect(await shelf()).toEqual([backupName(day(1))]);
});
