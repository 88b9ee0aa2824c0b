import { useId } from "react";
import type { ServerStatus, StatusFigure } from "../api/get-status";
import { formatFigure } from "./format-figure";
import { Sparkline } from "./Sparkline";
import { words } from "./words";

interface FigureGroupProps {
  readonly group: ServerStatus["groups"][number];
  readonly note: string | undefined;
}

/** Figures that belong together, as a table: what each is now, its highest, and how it went. */
export function FigureGroup({ group, note }: FigureGroupProps) {
  const heading = useId();
  const names: Readonly<Record<string, string>> = words.groups;
  const { columns } = words;
  const hasPeaks = group.figures.some(({ peak }) => peak !== null);
  return (
    <section aria-labelledby={heading} className="flex min-w-0 flex-col gap-2">
      <h2 id={heading} className="font-semibold text-lg">
        {names[group.name] ?? group.name}
      </h2>
      {note !== undefined && note !== "" && <p className="text-ink-soft text-sm text-pretty">{note}</p>}
      <table aria-labelledby={heading} className="w-full text-sm">
        <thead className="text-left text-ink-faint text-xs">
          <tr>
            <th className="py-1 pr-3 font-normal">{columns.figure}</th>
            <th className="py-1 pr-3 text-right font-normal">{columns.now}</th>
            {hasPeaks && <th className="py-1 pr-3 text-right font-normal max-sm:hidden">{columns.peak}</th>}
            <th className="py-1 font-normal max-sm:sr-only">{columns.lately}</th>
          </tr>
        </thead>
        <tbody>
          {group.figures.map((figure) => (
            <FigureRow key={figure.name} figure={figure} hasPeaks={hasPeaks} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FigureRow({ figure, hasPeaks }: { readonly figure: StatusFigure; readonly hasPeaks: boolean }) {
  const { name, unit, value, peak, history } = figure;
  const names: Readonly<Record<string, string>> = words.figures;
  return (
    <tr className="border-line border-t">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal text-pretty">
        {names[name] ?? name}
      </th>
      <td className="py-1.5 pr-3 text-right tabular-nums whitespace-nowrap">{formatFigure(value, unit)}</td>
      {hasPeaks && (
        <td className="py-1.5 pr-3 text-right text-ink-soft tabular-nums max-sm:hidden">
          {peak === null ? "" : formatFigure(peak, unit)}
        </td>
      )}
      <td className="w-28 py-1.5">
        <Sparkline history={history} unit={unit} />
      </td>
    </tr>
  );
}
