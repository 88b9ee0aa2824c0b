import { strings } from "../ui/strings";

const units = [
  ["year", 365.2425 * 86_400_000],
  ["month", 30.436875 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** How long before or after `nowMs` a time is, by its largest unit; less than a minute is now. */
export function relativeWords(timeMs: number, nowMs: number): string {
  const words = new Intl.RelativeTimeFormat(strings.locale, { numeric: "auto" });
  const laterMs = timeMs - nowMs;
  const unit = units.find(([, ms]) => Math.abs(laterMs) >= ms);
  return unit === undefined
    ? words.format(0, "second")
    : words.format(Math.trunc(laterMs / unit[1]), unit[0]);
}

/** As clocks show it where this page is, to the millisecond. */
export function localWords(timeMs: number): string {
  return new Intl.DateTimeFormat(strings.locale, {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    timeZoneName: "short",
  }).format(timeMs);
}
