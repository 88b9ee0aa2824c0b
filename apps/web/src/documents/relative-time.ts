import { strings } from "../ui/strings";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How long before `nowMs` something happened, in words; from a week on, the date. A time slightly in the future, as
 * clocks that disagree produce, is "just now".
 */
export function relativeTime(thenMs: number, nowMs: number): string {
  const agoMs = nowMs - thenMs;
  const words = new Intl.RelativeTimeFormat(strings.locale, { numeric: "auto" });
  if (agoMs < minuteMs) return strings.time.justNow;
  if (agoMs < hourMs) return words.format(-Math.floor(agoMs / minuteMs), "minute");
  const days = calendarDays(thenMs, nowMs);
  if (days === 0 || agoMs < 6 * hourMs) return words.format(-Math.floor(agoMs / hourMs), "hour");
  if (days < 7) return words.format(-days, "day");
  const sameYear = new Date(thenMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(strings.locale, {
    day: "numeric",
    month: "short",
    ...(!sameYear && { year: "numeric" }),
  }).format(thenMs);
}

/** Midnights between the two, in local time: "yesterday" is a matter of the calendar, not of 24 hours. */
function calendarDays(thenMs: number, nowMs: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(nowMs) - midnight(thenMs)) / dayMs);
}
