import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastBackupMs, lastRehearsalMs, noteBackup } from "./last-backup";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "backup-note-"));
});

afterEach(() => rm(directory, { recursive: true }));

test("the last of several backups is remembered, in one file", async () => {
  await noteBackup(directory, new Date("2026-01-01T00:00:00Z"));
  await noteBackup(directory, new Date("2026-02-01T00:00:00Z"));
  expect(lastBackupMs(directory)).toBe(Date.UTC(2026, 1, 1));
  expect(await readdir(join(directory, "state"))).toEqual(["last-backup.json"]);
});

test("the last rehearsal is remembered behind backups that were not rehearsed", async () => {
  expect(lastRehearsalMs(directory)).toBe(0);
  await noteBackup(directory, new Date("2026-01-01T00:00:00Z"), true);
  await noteBackup(directory, new Date("2026-02-01T00:00:00Z"));
  expect(lastRehearsalMs(directory)).toBe(Date.UTC(2026, 0, 1));
  expect(lastBackupMs(directory)).toBe(Date.UTC(2026, 1, 1));
});

test("no note, or one that cannot be read, is no backup", async () => {
  expect(lastBackupMs(directory)).toBe(0);
  await mkdir(join(directory, "state"));
  await writeFile(join(directory, "state", "last-backup.json"), '{"at":"yesterday"}');
  expect(lastBackupMs(directory)).toBe(0);
});
