interface Size {
  readonly width: number;
  readonly height: number;
}

/** A smaller range than this share of the highest value is drawn as if it were so large: no noise looks like a storm. */
const rangeShareMin = 0.1;

/**
 * An SVG path through values that are evenly spread in time and end at the right; with a gap where there was none.
 *
 * @param length how many values the whole width stands for
 * @param fromZero whether the lower edge is zero rather than the lowest value
 */
export function sparklinePath(
  history: readonly (number | null)[],
  { width, height, length, fromZero }: Size & { readonly length: number; readonly fromZero: boolean },
): string {
  const known = history.filter((value) => value !== null);
  const high = Math.max(...known);
  const low = fromZero ? Math.min(0, ...known) : Math.min(...known);
  const range = Math.max(high - low, Math.abs(high) * rangeShareMin);
  const middle = (high + low) / 2;
  const x = (index: number) => width - ((history.length - 1 - index) / Math.max(1, length - 1)) * width;
  const y = (value: number) => (range === 0 ? height : height / 2 - ((value - middle) / range) * height);
  let isDrawing = false;
  return history
    .map((value, index) => {
      const command = isDrawing ? "L" : "M";
      isDrawing = value !== null;
      return value === null ? "" : `${command}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
}
