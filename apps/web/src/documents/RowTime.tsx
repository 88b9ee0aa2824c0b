import { strings } from "../ui/strings";
import { relativeTime } from "./relative-time";
import type { Row } from "./row";

interface RowTimeProps {
  readonly time: NonNullable<Row["time"]>;
  readonly nowMs: number;
}

/** When it was edited, in few words; of other times, what they are. */
export function RowTime({ time: { kind, ms }, nowMs }: RowTimeProps) {
  const date = new Date(ms);
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString(strings.locale, { dateStyle: "long", timeStyle: "short" })}
    >
      {strings.documents.times[kind](relativeTime(ms, nowMs))}
    </time>
  );
}
