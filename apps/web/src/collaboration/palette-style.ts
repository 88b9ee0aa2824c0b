import type { CSSProperties } from "react";
import type { PersonColour } from "./palette";

/** The custom properties from which the `person` utility picks the colour of the present theme. */
export function paletteStyle({ onLight, onDark }: Pick<PersonColour, "onLight" | "onDark">): CSSProperties {
  return { "--person-on-light": onLight, "--person-on-dark": onDark } as CSSProperties;
}
