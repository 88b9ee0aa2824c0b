import { snowflakeAtTime } from "@scriptorium/ids";
import { expect, test } from "vitest";
import { parseMoment } from "./moment";

const timeMs = Date.UTC(2026, 0, 31, 18, 0, 0, 250);

test("a time holds all revisions of its millisecond", () => {
  const moment = parseMoment("2026-01-31T18:00:00.250Z");
  expect(moment).toBeGreaterThan(snowflakeAtTime(timeMs));
  expect(moment).toBeLessThan(snowflakeAtTime(timeMs + 1));
  expect(parseMoment("2026-01-31 19:00:00.250+01:00")).toBe(moment);
});

test("a revision is itself", () => {
  expect(parseMoment("7654321098765432")).toBe(7654321098765432n);
});

test("a time before the first revision holds none", () => {
  expect(parseMoment("1999-01-01")).toBe(0n);
});

test("what is neither is refused", () => {
  for (const text of [
    "",
    "yesterday",
    "2026-02-31T25:00:00Z",
    "31.1.2026",
    "-1",
    "2026-01-31T18:00:00.1234Z",
  ]) {
    expect(() => parseMoment(text), text).toThrow("--at takes a time");
  }
});
