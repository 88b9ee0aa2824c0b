import { useEffect, useLayoutEffect, useRef } from "react";
import { watchDarkness } from "../ui/darkness";
import { ActivityPlot, type PlottedColumn } from "./activity-plot";
import type { Series, Span } from "./series";

interface ActivityChartProps {
  readonly series: Series;
  /** Always the same. */
  readonly columns: readonly PlottedColumn[];
  readonly height: number;
  readonly hasTimes?: boolean;
  /** The bar that is marked. */
  readonly pointed: number | undefined;
  readonly onPoint: (index: number | undefined) => void;
  readonly onSpan: (span: Span) => void;
}

/** One chart of a series, for those who see; what it shows is said beside it. */
export function ActivityChart({ series, columns, height, hasTimes = false, ...rest }: ActivityChartProps) {
  const { pointed, onPoint, onSpan } = rest;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<ActivityPlot>(undefined);
  const latest = useRef({ series, onPoint, onSpan });
  useLayoutEffect(() => {
    latest.current = { series, onPoint, onSpan };
  });
  useLayoutEffect(() => {
    if (host.current === null) return;
    const made = new ActivityPlot(host.current, latest.current.series, {
      columns,
      height,
      hasTimes,
      onPoint: (index) => latest.current.onPoint(index),
      onSpan: (span) => latest.current.onSpan(span),
    });
    plot.current = made;
    const stopWatching = watchDarkness(() => made.recolour());
    return () => {
      stopWatching();
      made.destroy();
      plot.current = undefined;
    };
  }, [columns, height, hasTimes]);
  useEffect(() => plot.current?.show(series), [series]);
  // After each change of the series, too: the bar is elsewhere then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => plot.current?.point(pointed), [pointed, series]);
  return <div ref={host} aria-hidden style={{ height }} className="w-full overflow-hidden" />;
}
