import type { Explanation } from "@scriptorium/ids";
import type { FieldLook } from "./field-colours";
import { textFields } from "./text-fields";

interface IdTextProps {
  readonly explanation: Explanation;
  readonly looks: readonly FieldLook[];
  readonly pointed: number | undefined;
  readonly onPoint: (field: number | undefined) => void;
}

/** The text of an ID, each character with the colour of the field whose bits it writes. */
export function IdText({ explanation, looks, pointed, onPoint }: IdTextProps) {
  let place = 0;
  const characters = textFields(explanation).map((each) => ({ ...each, place: place++ }));
  return (
    <p className="min-w-0 grow break-all font-mono text-base sm:text-lg">
      <span className="sr-only">{explanation.canonical}</span>
      <span aria-hidden onPointerLeave={() => onPoint(undefined)}>
        {characters.map(({ character, field, place }) => {
          const look = field === undefined ? undefined : looks[field];
          const stepsBack = pointed !== undefined && field !== undefined && field !== pointed;
          return (
            <span
              key={place}
              style={look?.style}
              onPointerEnter={() => onPoint(field)}
              className={`transition-opacity duration-150 ${look === undefined ? "" : `border-b-2 ${underline(look)}`} ${stepsBack ? "opacity-25" : ""}`}
            >
              {character}
            </span>
          );
        })}
      </span>
    </p>
  );
}

function underline({ style }: FieldLook): string {
  return style === undefined ? "border-line-strong" : "person border-(--person)";
}
