import type { Field } from "@scriptorium/ids";
import type { CSSProperties } from "react";
import { palette } from "../collaboration/palette";
import { paletteStyle } from "../collaboration/palette-style";

/** Those that say how to read the others, or nothing. */
const quiet: ReadonlySet<string> = new Set(["sign", "version", "variant"]);

export interface FieldLook {
  readonly className: string;
  readonly style?: CSSProperties;
}

/** How the bits of each field look: a colour of the palette, in order, or none where they only say how to read the rest. */
export function fieldLooks(fields: readonly Pick<Field, "name">[]): readonly FieldLook[] {
  const coloured = fields.filter(({ name }) => !quiet.has(name));
  return fields.map((field) => {
    const colour = palette[coloured.indexOf(field) % palette.length];
    if (quiet.has(field.name) || colour === undefined) return { className: "bg-line-strong text-ink" };
    return { className: "person person-fill", style: paletteStyle(colour) };
  });
}
