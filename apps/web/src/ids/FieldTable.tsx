import type { Explanation } from "@scriptorium/ids";
import type { FieldLook } from "./field-colours";
import { words } from "./words";

interface FieldTableProps {
  readonly explanation: Explanation;
  readonly looks: readonly FieldLook[];
  readonly pointed: number | undefined;
  readonly onPoint: (field: number | undefined) => void;
}

const meanings: Readonly<Record<string, string>> = words.fields;

/** What each field of an ID says. The legend of the bits: pointing at a row shows which are its. */
export function FieldTable({ explanation, looks, pointed, onPoint }: FieldTableProps) {
  const { columns, bits, bitRange, highlight } = words.explain;
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{bits}</caption>
      <thead className="text-left text-ink-faint text-xs">
        <tr>
          <th className="py-1 pr-3 font-normal">{columns.field}</th>
          <th className="py-1 pr-3 font-normal max-sm:hidden">{columns.bits}</th>
          <th className="py-1 pr-3 font-normal">{columns.value}</th>
          <th className="py-1 font-normal max-sm:hidden">{columns.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {explanation.fields.map(({ name, from, length, value, meaning }, index) => (
          <tr
            key={name}
            onPointerEnter={() => onPoint(index)}
            onPointerLeave={() => onPoint(undefined)}
            className={`border-line border-t align-top ${pointed === index ? "bg-hover" : ""}`}
          >
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              <button
                type="button"
                aria-pressed={pointed === index}
                title={highlight(name)}
                onFocus={() => onPoint(index)}
                onBlur={() => onPoint(undefined)}
                onClick={() => onPoint(index)}
                className="inline-flex min-h-6 items-center gap-2 rounded-control text-left pointer-coarse:min-h-11"
              >
                <span
                  aria-hidden
                  style={looks[index]?.style}
                  className={`size-3 shrink-0 rounded-xs ${looks[index]?.className}`}
                />
                <span className="font-mono text-xs">{name}</span>
              </button>
            </th>
            <td className="py-1.5 pr-3 text-ink-soft tabular-nums whitespace-nowrap max-sm:hidden">
              {bitRange(from, from + length - 1)}
            </td>
            <td className="py-1.5 pr-3">
              <span className="break-all font-mono text-xs">{value}</span>
              <span className="block text-ink-soft text-xs sm:hidden">{meanings[name] ?? meaning}</span>
            </td>
            <td className="py-1.5 text-ink-soft max-sm:hidden">{meanings[name] ?? meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
