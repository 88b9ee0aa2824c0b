import type { ActivityAnswer, ActivityStep } from "../api/document-metrics";

export const columns = ["edits", "inserted", "deleted", "editors"] as const;
export type Column = (typeof columns)[number];

/** What happened in each minute, hour or day, one after the other: one number for each in every column. */
export interface Series extends Readonly<Record<Column, readonly number[]>> {
  readonly step: ActivityStep;
  /** When the first of them begins. */
  readonly fromMs: number;
  readonly stepMs: number;
}

/** A part of a series: from one moment up to another. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export function toSeries(step: ActivityStep, answer: ActivityAnswer): Series {
  const { from, stepSeconds, edits, inserted, deleted, editors } = answer;
  return { step, fromMs: Date.parse(from), stepMs: stepSeconds * 1000, edits, inserted, deleted, editors };
}

/** The last `length`. */
export function lastOf(series: Series, length: number): Series {
  const dropped = Math.max(0, series.edits.length - length);
  return mapColumns({ ...series, fromMs: beginOf(series, dropped) }, (column) =>
    series[column].slice(dropped),
  );
}

/** When the one at `index` begins. */
export function beginOf({ fromMs, stepMs }: Series, index: number): number {
  return fromMs + index * stepMs;
}

/**
 * What is known and what was asked for since, which counts where both know: as long as what was known, so that it
 * moves on with time. A newer part that leaves a gap, or is of another step, stands alone.
 */
export function mergeSeries(known: Series, newer: Series): Series {
  const length = known.edits.length;
  const offset = (newer.fromMs - known.fromMs) / known.stepMs;
  if (newer.step !== known.step || !Number.isInteger(offset) || offset < 0 || offset > length) return newer;
  const dropped = Math.max(0, offset + newer.edits.length - length);
  return mapColumns({ ...known, fromMs: beginOf(known, dropped) }, (column) => [
    ...known[column].slice(dropped, Math.max(dropped, offset)),
    ...newer[column].slice(Math.max(0, dropped - offset)),
    ...known[column].slice(offset + newer.edits.length),
  ]);
}

/** What lies in `span`, at least in part; the whole series if that is nothing. */
export function cutSeries(series: Series, span: Span | undefined): Series {
  if (span === undefined) return series;
  const length = series.edits.length;
  const first = Math.max(0, Math.floor((span.fromMs - series.fromMs) / series.stepMs));
  const end = Math.min(length, Math.ceil((span.toMs - series.fromMs) / series.stepMs));
  if (end <= first) return series;
  return mapColumns({ ...series, fromMs: beginOf(series, first) }, (column) =>
    series[column].slice(first, end),
  );
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function mapColumns(series: Series, map: (column: Column) => readonly number[]): Series {
  return {
    ...series,
    edits: map("edits"),
    inserted: map("inserted"),
    deleted: map("deleted"),
    editors: map("editors"),
  };
}
