import { expect, test } from "vitest";
import { cutSeries, lastOf, mergeSeries, type Series, sumOf, toSeries } from "./series";

const minuteMs = 60_000;

/** Minutes from `from` on, with as many edits each as `edits` says, ten letters in and one out by each. */
function minutes(from: number, edits: readonly number[]): Series {
  return {
    step: "minute",
    fromMs: from * minuteMs,
    stepMs: minuteMs,
    edits,
    inserted: edits.map((count) => 10 * count),
    deleted: edits,
    editors: edits.map((count) => Math.min(1, count)),
  };
}

test("reads the times of an answer", () => {
  const answer = {
    from: "2026-03-01T00:00:00.000Z",
    stepSeconds: 86_400,
    ...{ edits: [1, 2], inserted: [3, 4], deleted: [5, 6], editors: [1, 1] },
  };
  expect(toSeries("day", answer)).toMatchObject({
    step: "day",
    fromMs: Date.UTC(2026, 2, 1),
    stepMs: 86_400_000,
    editors: [1, 1],
  });
});

test("takes the newer figures where both know, in every column", () => {
  expect(mergeSeries(minutes(10, [1, 2, 3]), minutes(12, [5]))).toEqual(minutes(10, [1, 2, 5]));
  expect(mergeSeries(minutes(10, [1, 2, 3]), minutes(11, [7]))).toEqual(minutes(10, [1, 7, 3]));
});

test("moves on with time, and stays as long as it was", () => {
  expect(mergeSeries(minutes(10, [1, 2, 3]), minutes(12, [3, 0, 4]))).toEqual(minutes(12, [3, 0, 4]));
  expect(mergeSeries(minutes(10, [1, 2, 3]), minutes(12, [4, 5]))).toEqual(minutes(11, [2, 4, 5]));
  expect(mergeSeries(minutes(10, [1, 2]), minutes(11, [3, 4, 5, 6]))).toEqual(minutes(13, [5, 6]));
  expect(mergeSeries(minutes(10, [1, 2]), minutes(12, [3]))).toEqual(minutes(11, [2, 3]));
});

test("does not close a gap, nor mix steps", () => {
  expect(mergeSeries(minutes(10, [1, 2]), minutes(13, [3]))).toEqual(minutes(13, [3]));
  expect(mergeSeries(minutes(10, [1, 2]), minutes(9, [3]))).toEqual(minutes(9, [3]));
  const hours: Series = { ...minutes(60, [9]), step: "hour", stepMs: 60 * minuteMs };
  expect(mergeSeries(minutes(60, [1]), hours)).toEqual(hours);
});

test("keeps the last ones", () => {
  expect(lastOf(minutes(10, [1, 2, 3]), 2)).toEqual(minutes(11, [2, 3]));
  expect(lastOf(minutes(10, [1, 2, 3]), 4)).toEqual(minutes(10, [1, 2, 3]));
});

test("cuts out what a span touches", () => {
  const series = minutes(10, [1, 2, 3, 4]);
  const span = (from: number, to: number) => ({ fromMs: from * minuteMs, toMs: to * minuteMs });
  expect(cutSeries(series, undefined)).toBe(series);
  expect(cutSeries(series, span(11, 13))).toEqual(minutes(11, [2, 3]));
  expect(cutSeries(series, span(11.5, 12.5))).toEqual(minutes(11, [2, 3]));
  expect(cutSeries(series, span(0, 11))).toEqual(minutes(10, [1]));
  // Time has left it behind.
  expect(cutSeries(series, span(2, 5))).toBe(series);
});

test("adds up", () => {
  expect(sumOf([])).toBe(0);
  expect(sumOf([1, 2, 3])).toBe(6);
});
