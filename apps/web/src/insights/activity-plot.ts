import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatShortCount, formatTick } from "./format";
import { beginOf, type Column, type Series, type Span } from "./series";

/** What a plot shows of a series. */
export interface PlottedColumn {
  readonly column: Column;
  /** The token of its colour, as CSS reads it. */
  readonly colour: string;
  /** Whether its bars hang down from the line rather than stand on it. */
  readonly below?: boolean;
}

interface ActivityPlotOptions {
  readonly columns: readonly PlottedColumn[];
  readonly height: number;
  /** Whether times stand below it. */
  readonly hasTimes: boolean;
  /** Told of the bar that is pointed at. */
  readonly onPoint: (index: number | undefined) => void;
  /** Told of the part that was dragged across. */
  readonly onSpan: (span: Span) => void;
}

/** The width of what stands left of the plotted area: the same for all plots, so that their times are in line. */
export const axisWidth = 44;
/** As much room to the right as half of a time that stands below the end. */
export const marginRight = 20;

/** Bars over time on a canvas, in an element of the page. */
export class ActivityPlot {
  readonly #host: HTMLElement;
  readonly #options: ActivityPlotOptions;
  readonly #plot: uPlot;
  readonly #resizing: ResizeObserver;
  #series: Series;
  #colours = new Map<string, string>();

  constructor(host: HTMLElement, series: Series, options: ActivityPlotOptions) {
    this.#host = host;
    this.#series = series;
    this.#options = options;
    this.#readColours();
    this.#plot = new uPlot(this.#describe(), this.#data(), host);
    this.#plot.over.addEventListener("mousemove", this.#onMouseMove);
    this.#plot.over.addEventListener("mouseleave", this.#onMouseLeave);
    this.#resizing = new ResizeObserver(() => this.#fit());
    this.#resizing.observe(host);
  }

  destroy(): void {
    this.#resizing.disconnect();
    this.#plot.destroy();
  }

  show(series: Series): void {
    if (series === this.#series) return;
    this.#series = series;
    this.#plot.setData(this.#data());
  }

  /** Marks one bar, or none. */
  point(index: number | undefined): void {
    const left = index === undefined ? -10 : this.#plot.valToPos(this.#middleSeconds(index), "x");
    this.#plot.setCursor({ left, top: 0 }, false);
  }

  /** The theme has changed. */
  recolour(): void {
    this.#readColours();
    this.#plot.redraw(false);
  }

  #fit(): void {
    const width = this.#host.clientWidth;
    if (width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: this.#options.height });
  }

  readonly #onMouseMove = ({ clientX }: MouseEvent) => {
    const left = clientX - this.#plot.over.getBoundingClientRect().left;
    this.#options.onPoint(this.#plot.posToIdx(left));
  };

  readonly #onMouseLeave = () => this.#options.onPoint(undefined);

  #describe(): uPlot.Options {
    const { columns, height, hasTimes } = this.#options;
    const colourOf = (token: string) => () => this.#colours.get(token) ?? "";
    const bars = uPlot.paths.bars?.({ size: [0.8, 24, 1] });
    const font = `11px ${getComputedStyle(this.#host).fontFamily}`;
    return {
      width: this.#host.clientWidth,
      height,
      padding: [8, marginRight, hasTimes ? 0 : 8, 0],
      legend: { show: false },
      // Days are the server's, and begin when it is midnight UTC.
      tzDate: (seconds) => {
        const date = new Date(seconds * 1000);
        return this.#series.step === "day" ? uPlot.tzDate(date, "Etc/UTC") : date;
      },
      cursor: {
        y: false,
        points: { show: false },
        // A press that moves less is a click.
        drag: { x: true, y: false, setScale: false, dist: 8 },
      },
      scales: {
        x: { time: true, range: () => this.#timeRange() },
        y: { range: (_plot, min, max) => [Math.min(0, min) * 1.1, Math.max(1, max) * 1.1] },
      },
      axes: [
        {
          show: hasTimes,
          size: 26,
          gap: 4,
          space: 64,
          font,
          stroke: colourOf(tokens.text),
          grid: { show: false },
          ticks: { stroke: colourOf(tokens.line), size: 4, width: 1 },
          values: (_plot, splits, _axis, _space, spacing) =>
            splits.map((seconds) => formatTick(this.#series.step, seconds * 1000, spacing)),
        },
        {
          size: axisWidth,
          gap: 6,
          space: 28,
          font,
          stroke: colourOf(tokens.text),
          grid: { stroke: colourOf(tokens.line), width: 1 },
          ticks: { show: false },
          incrs: wholeNumbers,
          values: (_plot, splits) => splits.map((value) => formatShortCount(Math.abs(value))),
        },
      ],
      series: [
        {},
        ...columns.map(({ colour }) => ({
          fill: colourOf(colour),
          stroke: colourOf(colour),
          width: 0,
          points: { show: false },
          ...(bars !== undefined && { paths: bars }),
        })),
      ],
      hooks: { setSelect: [this.#onSelect] },
    };
  }

  readonly #onSelect = (plot: uPlot) => {
    const { left, width } = plot.select;
    if (width <= 0) return;
    const [fromMs, toMs] = [left, left + width].map((place) => 1000 * plot.posToVal(place, "x"));
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (fromMs !== undefined && toMs !== undefined) this.#options.onSpan({ fromMs, toMs });
  };

  #data(): uPlot.AlignedData {
    const series = this.#series;
    return [
      series.edits.map((_count, index) => this.#middleSeconds(index)),
      ...this.#options.columns.map(({ column, below }) =>
        // Nothing has no bar, not even one without height.
        series[column].map((count) => (count === 0 ? null : below ? -count : count)),
      ),
    ];
  }

  /** Bars stand in the middle of their time, so that who points at one points at its time. */
  #middleSeconds(index: number): number {
    return (beginOf(this.#series, index) + this.#series.stepMs / 2) / 1000;
  }

  #timeRange(): [number, number] {
    const series = this.#series;
    return [series.fromMs / 1000, beginOf(series, series.edits.length) / 1000];
  }

  #readColours(): void {
    const probe = document.createElement("span");
    this.#host.append(probe);
    const read = (token: string) => {
      probe.style.color = token;
      this.#colours.set(token, getComputedStyle(probe).color);
    };
    for (const token of Object.values(tokens)) read(token);
    for (const { colour } of this.#options.columns) read(colour);
    probe.remove();
  }
}

const tokens = { text: "var(--color-ink-soft)", line: "var(--color-line)" } as const;

/** What may lie between two lines of the grid: nobody makes half an edit. */
const wholeNumbers = Array.from({ length: 12 }, (_, power) =>
  [1, 2, 5].map((each) => each * 10 ** power),
).flat();
