import { type PersonColour, palette } from "./palette";

/** The colour of the person with this id: the same on every device and at every visit. FNV-1a, 32 bits. */
export function colourOf(personId: string): PersonColour {
  let hash = 0x811c9dc5;
  for (const character of personId) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  const colour = palette[hash % palette.length];
  if (colour === undefined) throw new RangeError("the palette is empty");
  return colour;
}
