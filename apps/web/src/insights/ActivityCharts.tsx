import { useState } from "react";
import { strings } from "../ui/strings";
import { ActivityChart } from "./ActivityChart";
import { axisWidth, marginRight, type PlottedColumn } from "./activity-plot";
import { formatBegin, formatCount } from "./format";
import { beginOf, cutSeries, type Series, type Span, sumOf } from "./series";
import { words } from "./words";

interface ActivityChartsProps {
  readonly series: Series;
  /** The part that is looked at, if it is not all. */
  readonly span: Span | undefined;
  readonly onSpan: (span: Span | undefined) => void;
}

const charts = [
  { id: "edits", height: 96, columns: [{ column: "edits", colour: "var(--color-figure)" }] },
  {
    id: "letters",
    height: 112,
    columns: [
      { column: "inserted", colour: "var(--color-figure-more)" },
      { column: "deleted", colour: "var(--color-figure-less)", below: true },
    ],
  },
  { id: "editors", height: 96, columns: [{ column: "editors", colour: "var(--color-figure)" }] },
] as const satisfies readonly {
  readonly id: keyof typeof words.activity.charts;
  readonly height: number;
  readonly columns: readonly PlottedColumn[];
}[];

/** A thin line with a knob: it is a way to read the charts, and says nothing itself. */
const scrubberLook = [
  "h-6 w-full cursor-pointer appearance-none rounded-control bg-transparent pointer-coarse:h-11",
  "[&::-webkit-slider-runnable-track]:h-px [&::-webkit-slider-runnable-track]:bg-line-strong",
  "[&::-moz-range-track]:h-px [&::-moz-range-track]:bg-line-strong",
  "[&::-webkit-slider-thumb]:-mt-1.5 [&::-webkit-slider-thumb]:size-3 [&::-webkit-slider-thumb]:appearance-none",
  "[&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-ink-soft",
  "[&::-moz-range-thumb]:size-3 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-0",
  "[&::-moz-range-thumb]:bg-ink-soft",
].join(" ");

const swatches = { inserted: "bg-figure-more", deleted: "bg-figure-less" } as const;

/** Edits, characters and editors over time, one below the other. What is pointed at in one is read off all. */
export function ActivityCharts({ series, span, onSpan }: ActivityChartsProps) {
  const shown = cutSeries(series, span);
  const [pointed, point] = useState<number>();
  const last = shown.edits.length - 1;
  const at = pointed === undefined ? undefined : Math.min(pointed, last);
  const zoom = (part: Span | undefined) => {
    point(undefined);
    onSpan(part);
  };
  const { activity } = words;
  return (
    <div>
      {/* Two lines on a phone, whatever it says: the charts stay where they are. */}
      <div className="flex min-h-11 items-start justify-between gap-2 text-sm">
        <p data-testid="readout" className="text-pretty tabular-nums">
          {at === undefined ? <Summary series={shown} isPart={span !== undefined} /> : readBar(shown, at)}
        </p>
        {span !== undefined && (
          <button
            type="button"
            onClick={() => zoom(undefined)}
            className="min-h-6 shrink-0 rounded-control px-1.5 text-sm underline underline-offset-2 hover:bg-hover pointer-coarse:min-h-11"
          >
            {activity.reset}
          </button>
        )}
      </div>
      {charts.map(({ id, height, columns }, index) => (
        <figure key={id} onDoubleClick={() => zoom(undefined)}>
          <figcaption className="flex flex-wrap gap-x-3 text-ink-soft text-xs">
            {activity.charts[id]}
            {columns.length > 1 &&
              (["inserted", "deleted"] as const).map((column) => (
                <span key={column} className="inline-flex items-center gap-1">
                  <span aria-hidden className={`size-2 rounded-sm ${swatches[column]}`} />
                  {activity.letters[column]}
                </span>
              ))}
          </figcaption>
          <ActivityChart
            series={shown}
            columns={columns}
            height={height}
            hasTimes={index === charts.length - 1}
            pointed={at}
            onPoint={point}
            onSpan={zoom}
          />
        </figure>
      ))}
      <div style={{ marginLeft: axisWidth, marginRight }}>
        <input
          type="range"
          aria-label={activity.scrubber}
          aria-valuetext={readBar(shown, at ?? last)}
          min={0}
          max={last}
          value={at ?? last}
          onChange={(event) => point(event.target.valueAsNumber)}
          onFocus={() => point((current) => current ?? last)}
          onBlur={() => point(undefined)}
          className={scrubberLook}
        />
      </div>
    </div>
  );
}

/** One bar in words. */
function readBar(series: Series, index: number): string {
  const { activity } = words;
  return [
    formatBegin(series.step, beginOf(series, index)),
    activity.edits(series.edits[index] ?? 0),
    activity.changes(formatCount(series.inserted[index] ?? 0), formatCount(series.deleted[index] ?? 0)),
    activity.editors(series.editors[index] ?? 0),
  ].join(" · ");
}

function Summary({ series, isPart }: { readonly series: Series; readonly isPart: boolean }) {
  const { activity } = words;
  const { step, edits, inserted, deleted } = series;
  const end = beginOf(series, edits.length - 1);
  const period = isPart
    ? activity.span(formatBegin(step, series.fromMs), formatBegin(step, end))
    : activity.periods[step](edits.length);
  const list = new Intl.ListFormat(strings.locale, { type: "unit" });
  return `${period}: ${list.format([
    activity.edits(sumOf(edits)),
    activity.changes(formatCount(sumOf(inserted)), formatCount(sumOf(deleted))),
  ])}`;
}
