import { expect, test } from "vitest";
import { steps } from "../projections/statistics/steps";
import { SeriesRangeError, seriesRange } from "./series-range";

const now = Date.UTC(2026, 5, 15, 12, 30, 30);
const at = (iso: string) => Date.parse(iso);

test.each([
  ["minute", "2026-06-15T11:30:00Z", "2026-06-15T12:31:00Z"],
  ["hour", "2026-06-08T12:00:00Z", "2026-06-15T13:00:00Z"],
  ["day", "2026-03-17T00:00:00Z", "2026-06-16T00:00:00Z"],
] as const)(
  "by the %s it is the last hour, week or quarter, with the bucket that is going on",
  (step, from, to) => {
    const range = seriesRange(step, {}, now);
    expect(range.from * steps[step].ms).toBe(at(from));
    expect(range.to * steps[step].ms).toBe(at(to));
  },
);

test("takes in every bucket that the range touches, and one at least", () => {
  const hour = at("2026-06-15T10:00:00Z");
  expect(seriesRange("hour", { fromMs: hour, toMs: hour + 1 }, now)).toEqual({
    from: hour / 3_600_000,
    to: hour / 3_600_000 + 1,
  });
  const { from, to } = seriesRange("hour", { fromMs: hour, toMs: hour }, now);
  expect(to - from).toBe(1);
});

test("all that is kept can be asked for at once, but for days", () => {
  for (const step of ["minute", "hour"] as const) {
    const { from, to } = seriesRange(step, { fromMs: now - steps[step].keptMs, toMs: now }, now);
    expect((to - from) * steps[step].ms).toBeGreaterThanOrEqual(steps[step].keptMs);
  }
});

test.each([
  ["reversed", "day", { fromMs: now, toMs: now - 1 }, /ends before it begins/],
  ["of the future", "day", { fromMs: now, toMs: now + 2 * steps.day.ms }, /ends in the future/],
  [
    "too old",
    "minute",
    { fromMs: now - 3 * steps.day.ms },
    /begins too early.*from 2026-06-13T12:30:30.000Z on/,
  ],
  ["too long", "day", { fromMs: 0 }, /too long.*at most 3000 buckets until 2026-06-16/],
] as const)("refuses a range that is %s", (_what, step, range, message) => {
  expect(() => seriesRange(step, range, now)).toThrow(message);
  expect(() => seriesRange(step, range, now)).toThrow(SeriesRangeError);
});
