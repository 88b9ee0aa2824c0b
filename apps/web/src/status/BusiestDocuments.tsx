import { useId, useState } from "react";
import { Link } from "wouter";
import type { BusyDocument, ServerStatus } from "../api/get-status";
import { formatFigure } from "./format-figure";
import { words } from "./words";

type Busiest = NonNullable<ServerStatus["busiest"]>;
type Span = keyof Busiest;

const spans: readonly Span[] = ["5m", "1h", "1d"];

/** Which documents were edited most. */
export function BusiestDocuments({ busiest }: { readonly busiest: Busiest }) {
  const heading = useId();
  const [span, setSpan] = useState<Span>("5m");
  const documents = busiest[span];
  const { busiest: said } = words;
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3">
      <h2 id={heading} className="font-semibold text-lg">
        {said.heading}
      </h2>
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">{said.span}</legend>
        {spans.map((choice) => (
          <label
            key={choice}
            className="inline-flex h-8 items-center rounded-control px-3 text-ink-soft text-sm has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ink pointer-coarse:h-11"
          >
            <input
              type="radio"
              name={heading}
              className="sr-only"
              checked={span === choice}
              onChange={() => setSpan(choice)}
            />
            {said.spans[choice]}
          </label>
        ))}
      </fieldset>
      {documents.length === 0 ? (
        <p className="text-ink-soft">{said.none}</p>
      ) : (
        <table aria-labelledby={heading} className="w-full max-w-3xl text-sm">
          <thead className="text-left text-ink-faint text-xs">
            <tr>
              <th className="py-1 pr-3 font-normal">{said.document}</th>
              <th className="py-1 pr-3 text-right font-normal">{said.edits}</th>
              <th className="py-1 text-right font-normal">{said.connections}</th>
            </tr>
          </thead>
          <tbody>
            {documents.map((document) => (
              <BusyRow key={document.id} document={document} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function BusyRow({ document: { id, title, edits, over, connections } }: { readonly document: BusyDocument }) {
  const counted = formatFigure(edits, "count");
  return (
    <tr className="border-line border-t">
      <th scope="row" className="max-w-0 py-1.5 pr-3 text-left font-normal sm:w-2/3">
        <Link
          href={`/d/${id}`}
          dir="auto"
          className="inline-flex min-h-6 max-w-full items-center underline underline-offset-4 pointer-coarse:min-h-11"
        >
          <span className="truncate">{title === "" ? words.busiest.untitled : title}</span>
        </Link>
      </th>
      <td className="py-1.5 pr-3 text-right tabular-nums">
        {over === 0 ? counted : words.busiest.upTo(counted, formatFigure(over, "count"))}
      </td>
      <td className="py-1.5 text-right tabular-nums">{formatFigure(connections, "count")}</td>
    </tr>
  );
}
