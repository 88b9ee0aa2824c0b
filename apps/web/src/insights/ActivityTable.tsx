import { formatBegin, formatCount } from "./format";
import { beginOf, columns, type Series } from "./series";
import { words } from "./words";

/** The same as the charts in figures, the newest first. */
export function ActivityTable({ series }: { readonly series: Series }) {
  const { caption, columns: headings, leftOut } = words.activity;
  const rows = series.edits
    .map((_count, index) => index)
    .filter((index) => columns.some((column) => series[column][index]));
  return (
    <div className="mt-2">
      <p className="text-ink-soft text-xs">{leftOut}</p>
      <table className="mt-1 w-full text-sm tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-ink-soft text-xs">
          <tr className="border-line border-b">
            <th scope="col" className="py-1.5 pr-2 text-left font-normal">
              {headings.time}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1.5 pl-2 text-right font-normal">
                {headings[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map((index) => (
            <tr key={index} className="border-line border-b">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {formatBegin(series.step, beginOf(series, index))}
              </th>
              {columns.map((column) => (
                <td key={column} className="py-1.5 pl-2 text-right">
                  {formatCount(series[column][index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
