import type { Explanation } from "@scriptorium/ids";
import { fieldBits } from "./field-bits";
import type { FieldLook } from "./field-colours";

const bitsPerGroup = 8;

interface BitGridProps {
  readonly explanation: Explanation;
  readonly looks: readonly FieldLook[];
  /** The field that is pointed at: the others step back. */
  readonly pointed: number | undefined;
  readonly onPoint: (field: number | undefined) => void;
}

/** Every bit of an ID in the colour of its field. For eyes only: the table beside it says the same. */
export function BitGrid({ explanation, looks, pointed, onPoint }: BitGridProps) {
  const { fields } = explanation;
  const bits = [...fieldBits(explanation)].map((bit, at) => ({
    at,
    bit,
    field: fields.findIndex(({ from, length }) => at >= from && at < from + length),
  }));
  const groups = Array.from({ length: Math.ceil(bits.length / bitsPerGroup) }, (_, index) =>
    bits.slice(index * bitsPerGroup, (index + 1) * bitsPerGroup),
  );
  return (
    <div
      aria-hidden
      data-testid="bits"
      onPointerLeave={() => onPoint(undefined)}
      className="grid select-none grid-cols-4 gap-x-1 gap-y-1.5 sm:grid-cols-8 sm:gap-x-1.5"
    >
      {groups.map((group) => (
        <div key={group[0]?.at} className="grid grid-cols-8">
          {group.map(({ at, bit, field }) => (
            <span
              key={at}
              data-field={fields[field]?.name}
              style={looks[field]?.style}
              onPointerEnter={() => onPoint(field)}
              className={`text-center font-mono text-[0.625rem] leading-5 transition-opacity duration-150 ${looks[field]?.className} ${
                pointed === undefined || pointed === field ? "" : "opacity-25"
              }`}
            >
              {bit}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
