import type { ActivityStep } from "../api/document-metrics";
import { strings } from "../ui/strings";

/** A count in full, with the language's separators. */
export function formatCount(count: number): string {
  return count.toLocaleString(strings.locale);
}

/** A count where there is little room: in full up to 9,999, then rounded. */
export function formatShortCount(count: number): string {
  if (Math.abs(count) < 10_000) return formatCount(count);
  return new Intl.NumberFormat(strings.locale, { notation: "compact", maximumSignificantDigits: 3 }).format(
    count,
  );
}

/** To one decimal, where that says more than none. */
export function formatQuantity(quantity: number): string {
  return new Intl.NumberFormat(strings.locale, { maximumFractionDigits: quantity < 10 ? 1 : 0 }).format(
    quantity,
  );
}

const byteUnits = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Three digits and a unit, counted in thousands as file managers do; less than a thousand in full. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatUnit(bytes, "byte", { unitDisplay: "long" });
  // 999,500 B would round to "1,000 kB".
  const power = Math.min(Math.floor(Math.log10(Number(bytes.toPrecision(3))) / 3), byteUnits.length);
  return formatUnit(bytes / 1000 ** power, byteUnits[power - 1] ?? "terabyte", {
    maximumSignificantDigits: 3,
  });
}

/** How long something took: two or three digits, in milliseconds up to a second. */
export function formatDuration(ms: number): string {
  const digits = { maximumSignificantDigits: 2 };
  if (ms < 995) return formatUnit(ms, "millisecond", ms < 100 ? digits : { maximumFractionDigits: 0 });
  return formatUnit(ms / 1000, "second", digits);
}

function formatUnit(value: number, unit: string, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(strings.locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    ...options,
  }).format(value);
}

/**
 * When a minute, an hour or a day was. Days are the server's, from midnight to midnight UTC: by the clock of a reader
 * elsewhere, their dates would be off.
 */
export function formatBegin(step: ActivityStep, ms: number): string {
  return new Intl.DateTimeFormat(strings.locale, beginStyles[step]).format(ms);
}

const beginStyles: Readonly<Record<ActivityStep, Intl.DateTimeFormatOptions>> = {
  minute: { hour: "numeric", minute: "2-digit" },
  hour: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" },
};

/** A place on the time axis whose neighbours are `spacingSeconds` away: a time of day, or from midnights on the date. */
export function formatTick(step: ActivityStep, ms: number, spacingSeconds: number): string {
  if (step !== "day" && spacingSeconds < 86_400) return formatBegin("minute", ms);
  return new Intl.DateTimeFormat(strings.locale, {
    day: "numeric",
    month: "short",
    ...(step === "day" && { timeZone: "UTC" }),
  }).format(ms);
}

/** A time of day, to the second. */
export function formatClock(ms: number): string {
  return new Intl.DateTimeFormat(strings.locale, { timeStyle: "medium" }).format(ms);
}

/** A moment in full. */
export function formatMoment(ms: number): string {
  return new Intl.DateTimeFormat(strings.locale, { dateStyle: "long", timeStyle: "short" }).format(ms);
}

/** A date, without the time of day. */
export function formatDate(ms: number): string {
  return new Intl.DateTimeFormat(strings.locale, { dateStyle: "medium" }).format(ms);
}
