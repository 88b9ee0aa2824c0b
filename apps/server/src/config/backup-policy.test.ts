import { expect, test } from "vitest";
import { parseBackupPolicy, superfluous } from "./backup-policy";

const none = { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0 };

test("is a number of backups, or one for each of some periods", () => {
  expect(parseBackupPolicy("14")).toEqual({ ...none, last: 14 });
  expect(parseBackupPolicy(" 3 last,7 daily , 4 weekly")).toEqual({ ...none, last: 3, daily: 7, weekly: 4 });
  for (const text of ["0", "daily", "7 yearly", "7 daily,", "-1 last", "0 daily, 0 last", "1.5"]) {
    expect(parseBackupPolicy(text)).toBeUndefined();
  }
});

/** One backup every six hours, newest first. */
const times = Array.from(
  { length: 200 },
  (_, index) => new Date(Date.UTC(2026, 2, 15, 18) - index * 6 * 3600_000),
);

function kept(policy: string): string[] {
  const gone = new Set(superfluous(times, parseBackupPolicy(policy) ?? expect.fail("no policy")));
  return times.filter((at) => !gone.has(at)).map((at) => at.toISOString().slice(0, 13));
}

test("keeps the newest of each period", () => {
  expect(kept("2")).toEqual(["2026-03-15T18", "2026-03-15T12"]);
  expect(kept("2 last, 3 daily")).toEqual([
    "2026-03-15T18",
    "2026-03-15T12",
    "2026-03-14T18",
    "2026-03-13T18",
  ]);
  // The 15th is a Sunday, the last day of its week.
  expect(kept("3 weekly")).toEqual(["2026-03-15T18", "2026-03-08T18", "2026-03-01T18"]);
  expect(kept("2 monthly")).toEqual(["2026-03-15T18", "2026-02-28T18"]);
  expect(kept("3 hourly")).toEqual(["2026-03-15T18", "2026-03-15T12", "2026-03-15T06"]);
});

test("never gives up the newest backup", () => {
  expect(superfluous(times.slice(0, 1), { ...none })).toEqual([]);
});
