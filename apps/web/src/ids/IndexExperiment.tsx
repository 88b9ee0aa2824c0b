import type { MintableScheme } from "@scriptorium/ids";
import { useId } from "react";
import { Button } from "../ui/Button";
import type { IndexReport } from "./index-pages";
import { useMeasurement } from "./useMeasurement";
import { words } from "./words";

const compared: readonly MintableScheme[] = ["ulid", "snowflake", "uuid-v7", "uuid-v1", "uuid-v4", "nanoid"];
const count = 20_000;

/** Shows what the order of IDs does to an index. */
export function IndexExperiment() {
  const heading = useId();
  const { index, failed } = words.compare;
  const { state, results, run } = useMeasurement("index");
  return (
    <section aria-labelledby={heading} className="flex flex-col items-start gap-3">
      <h3 id={heading} className="font-semibold">
        {index.heading}
      </h3>
      <p className="text-ink-soft text-sm text-pretty">{index.text(count)}</p>
      <Button disabled={state === "running"} onClick={() => run({ type: "index", schemes: compared, count })}>
        {state === "running" ? index.running : index.run}
      </Button>
      {state === "failed" && <p role="alert">{failed}</p>}
      {results.length > 0 && (
        <ul aria-label={index.list} className="grid w-full gap-x-6 gap-y-5 sm:grid-cols-2">
          {results.map(({ scheme, report }) => (
            <li key={scheme} className="flex flex-col gap-1 text-sm">
              <span className="font-medium">{words.schemes[scheme].name}</span>
              <PlacesDrawing places={report.places} label={index.drawing(words.schemes[scheme].name)} />
              <span className="text-ink-soft">{describe(report)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function describe({ fill, splits, pagesTouched, pages }: IndexReport): string {
  const { index } = words.compare;
  return [index.fill(Math.round(fill * 100)), index.splits(splits), index.touched(pagesTouched, pages)].join(
    "; ",
  );
}

interface PlacesDrawingProps {
  readonly places: readonly number[];
  readonly label: string;
}

function PlacesDrawing({ places, label }: PlacesDrawingProps) {
  const [width, height] = [240, 80];
  const step = width / Math.max(1, places.length - 1);
  // A stroke without length and with round ends is a point.
  const points = places.map(
    (place, at) => `M${(at * step).toFixed(1)} ${((1 - place) * height).toFixed(1)}h0`,
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-3 -3 ${width + 6} ${height + 6}`}
      className="w-full rounded-control border border-line bg-raised text-ink"
    >
      <path d={points.join("")} stroke="currentColor" strokeWidth={2} strokeLinecap="round" fill="none" />
    </svg>
  );
}
