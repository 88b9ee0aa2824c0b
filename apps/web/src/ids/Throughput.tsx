import { useId } from "react";
import { Button } from "../ui/Button";
import { strings } from "../ui/strings";
import { Bar } from "./Bar";
import type { MeasuredScheme } from "./measurement";
import { useMeasurement } from "./useMeasurement";
import { words } from "./words";

const measured: readonly MeasuredScheme[] = ["ulid", "snowflake", "uuid-v7", "uuid-v4", "nanoid"];
const msEach = 330;

/** Measures how fast IDs are minted in this browser. */
export function Throughput() {
  const heading = useId();
  const { throughput, failed } = words.compare;
  const { state, results, run, cancel } = useMeasurement("throughput");
  const most = Math.max(...results.map(({ perSecond }) => perSecond));
  const round = new Intl.NumberFormat(strings.locale, { maximumSignificantDigits: 2 });
  // Browsers have it only on pages that came over HTTPS, or from this machine.
  const schemes = window.isSecureContext ? [...measured, "randomUUID" as const] : measured;
  return (
    <section aria-labelledby={heading} className="flex flex-col items-start gap-3">
      <h3 id={heading} className="font-semibold">
        {throughput.heading}
      </h3>
      <p className="text-ink-soft text-sm text-pretty">{throughput.text}</p>
      {state === "running" ? (
        <Button onClick={cancel}>{throughput.cancel}</Button>
      ) : (
        <Button onClick={() => run({ type: "throughput", schemes, msEach })}>{throughput.run}</Button>
      )}
      {state === "failed" && <p role="alert">{failed}</p>}
      {results.length > 0 && (
        <ul aria-label={throughput.list} aria-live="polite" className="flex w-full flex-col gap-1.5 text-sm">
          {results.map(({ scheme, perSecond }) => (
            <Bar
              key={scheme}
              name={scheme === "randomUUID" ? throughput.randomUUID : words.schemes[scheme].name}
              value={throughput.perSecond(round.format(perSecond))}
              share={perSecond / most}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
