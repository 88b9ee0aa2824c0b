import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory";
import { backupName, backupTime } from "./backup-name";
import type { BackupReport } from "./run-backup";
import { ScheduledBackups } from "./scheduled-backups";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const begin = new Date("2026-03-01T00:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ now: begin, toFake: ["Date", "setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** One that is made whenever it is due, with what `outcomes` say in turn, and then well. */
async function schedule(directory: string, outcomes: readonly (Error | readonly string[])[] = []) {
  const runs: string[] = [];
  const left = [...outcomes];
  const backups = new ScheduledBackups({
    directory,
    everyMs: 6 * hourMs,
    logger: pino({ level: "silent" }),
    backUp: async (startedAt): Promise<BackupReport> => {
      runs.push(startedAt.toISOString().slice(11, 16));
      const outcome = left.shift() ?? [];
      if (outcome instanceof Error) throw outcome;
      return { target: "", records: 1, bytes: 1, removed: 0, problems: outcome };
    },
  });
  backups.start();
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  return { backups, runs };
}

/** Lets time pass in steps of a minute. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += minuteMs) await vi.advanceTimersByTimeAsync(minuteMs);
}

test("backs up at the start where there is no backup, and from then on as often as was asked for", async () => {
  const { backups, runs } = await schedule(join(await temporaryDirectory(), "none-yet"));
  await pass(13 * hourMs);
  expect(runs).toEqual(["00:00", "06:00", "12:00"]);
  expect(new Date(backups.state.sinceMs).toISOString()).toMatch(/^2026-03-01T12:00:00/);
  expect(backups.state.failedBecause).toBeUndefined();
  await backups.close();
  await pass(12 * hourMs);
  expect(runs).toHaveLength(3);
});

test("waits until the newest backup is old enough, and takes no directory without a manifest for one", async () => {
  const directory = await temporaryDirectory();
  const made = new Date(begin.getTime() - 4 * hourMs);
  await mkdir(join(directory, backupName(made)));
  await writeFile(join(directory, backupName(made), "manifest.json"), "{}");
  await mkdir(join(directory, backupName(new Date(begin.getTime() - hourMs))));
  const { backups, runs } = await schedule(directory);
  expect(backups.state.sinceMs).toBe(made.getTime());
  await pass(3 * hourMs);
  expect(runs).toEqual(["02:00"]);
  await backups.close();
});

test("tries again soon after a failure, and says so until it has worked", async () => {
  const { backups, runs } = await schedule(await temporaryDirectory(), [
    new Error("no space"),
    new Error("none"),
  ]);
  await pass(20 * minuteMs);
  expect(runs).toEqual(["00:00", "00:15"]);
  expect(backups.state).toMatchObject({ sinceMs: begin.getTime(), failedBecause: "none" });
  await pass(20 * minuteMs);
  expect(runs).toEqual(["00:00", "00:15", "00:30"]);
  expect(backups.state.failedBecause).toBeUndefined();
  await backups.close();
});

test("makes no more backups than usual of a log that is damaged, and says that it is", async () => {
  const { backups, runs } = await schedule(await temporaryDirectory(), [["a block is damaged\n"]]);
  await pass(5 * hourMs);
  expect(runs).toEqual(["00:00"]);
  expect(backups.state.failedBecause).toContain("a block is damaged");
  await backups.close();
});

test("names tell when a backup began, and other names nothing", () => {
  const at = new Date("2026-11-22T02:41:29.123Z");
  expect(backupName(at)).toBe("scriptorium-2026-11-22T02-41-29-123Z");
  expect(backupTime(backupName(at))).toEqual(at);
  for (const name of ["monday", "scriptorium-2026-11-22", `${backupName(at)}.unfinished-12ab`]) {
    expect(backupTime(name)).toBeUndefined();
  }
  expect(backupTime("scriptorium-2026-13-22T02-41-29-123Z")).toBeUndefined();
});
