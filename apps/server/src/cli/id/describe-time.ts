const units = [
  ["year", 365.2425 * 86_400_000],
  ["month", 30.436875 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** `3 hours ago`, `in 2 years`, `now`. */
export function relativeTo(nowMs: number, timeMs: number): string {
  const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  const laterMs = timeMs - nowMs;
  const unit = units.find(([, ms]) => Math.abs(laterMs) >= ms);
  return unit === undefined ? "now" : words.format(Math.trunc(laterMs / unit[1]), unit[0]);
}

/** As clocks show it where this runs, with the name of their zone. */
export function localTime(timeMs: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    dateStyle: "full",
    timeStyle: "long",
  }).format(timeMs);
}
