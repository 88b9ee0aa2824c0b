import type { FigureUnit } from "../api/get-status";
import { formatFigure } from "./format-figure";
import { sparklinePath } from "./sparkline-path";
import { words } from "./words";

interface SparklineProps {
  readonly history: readonly (number | null)[];
  readonly unit: FigureUnit;
}

/** How many figures the server keeps. */
const length = 90;
const size = { width: 110, height: 20 };

/** How a figure went in the last minutes: a line, and for screen readers its range. */
export function Sparkline({ history, unit }: SparklineProps) {
  const known = history.filter((value) => value !== null);
  // Sizes change little: what counts is how.
  const path = sparklinePath(history, { ...size, length, fromZero: unit !== "bytes" });
  return (
    <>
      <svg
        aria-hidden="true"
        viewBox={`0 -1.5 ${size.width} ${size.height + 3}`}
        className="block h-5.5 w-full overflow-visible"
      >
        <path
          d={path}
          fill="none"
          stroke="var(--color-ink-soft)"
          strokeWidth={1.25}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      </svg>
      {known.length > 0 && (
        <span className="sr-only">
          {words.between(formatFigure(Math.min(...known), unit), formatFigure(Math.max(...known), unit))}
        </span>
      )}
    </>
  );
}
