import type { FigureUnit } from "../api/get-status";
import { strings } from "../ui/strings";
import { words } from "./words";

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

/** A figure as a person reads it: `1.5 MB`, `12/s`, `3.2 ms`. */
export function formatFigure(value: number | null, unit: FigureUnit): string {
  if (value === null) return words.noValue;
  switch (unit) {
    case "count":
      return format(value, { maximumFractionDigits: 0 });
    case "perSecond":
      return `${format(value, { maximumSignificantDigits: value < 100 ? 2 : 3 })}/s`;
    case "ratio":
      return format(value, { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 });
    case "bytes":
      return formatBytes(value);
    case "bytesPerSecond":
      return `${formatBytes(value)}/s`;
    case "seconds":
      return formatSeconds(value);
  }
}

function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const index = Math.min(power, byteUnits.length - 1);
  return format(bytes / 1000 ** index, {
    style: "unit",
    unit: byteUnits[index],
    maximumSignificantDigits: 3,
  });
}

function formatSeconds(seconds: number): string {
  if (seconds < 1) {
    return format(seconds * 1000, { style: "unit", unit: "millisecond", maximumSignificantDigits: 2 });
  }
  const [value, unit] =
    seconds < 120
      ? [seconds, "second"]
      : seconds < 7200
        ? [seconds / 60, "minute"]
        : [seconds / 3600, "hour"];
  return format(value, { style: "unit", unit, maximumSignificantDigits: 2 });
}

function format(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(strings.locale, options).format(value);
}
