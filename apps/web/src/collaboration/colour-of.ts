import { hashText } from "./hash-text";
import { type PersonColour, palette } from "./palette";

/** The colour of the person with this id: the same on every device and at every visit. */
export function colourOf(personId: string): PersonColour {
  const colour = palette[hashText(personId) % palette.length];
  if (colour === undefined) throw new RangeError("the palette is empty");
  return colour;
}
