import type { Explanation } from "@scriptorium/ids";

/** A character of an ID's text, and the field whose bits it writes. */
export interface TextCharacter {
  readonly character: string;
  /** Index of the field; undefined for what writes no bits, and for decimal digits, each of which writes all of them. */
  readonly field: number | undefined;
}

/** The text of an ID, character by character. One that writes bits of two fields counts for that of its last bit. */
export function textFields(explanation: Explanation): readonly TextCharacter[] {
  const { canonical, scheme, fields, bits } = explanation;
  const perCharacter = bitsPerCharacter[scheme];
  const characters = [...canonical].map((character) => ({
    character,
    writes: character !== "-" || scheme === "nanoid",
  }));
  const writing = characters.filter(({ writes }) => writes).length;
  // A ULID's 26 characters have two bits more than it: they lead.
  let end = bits - writing * perCharacter;
  return characters.map(({ character, writes }) => {
    if (perCharacter === 0 || !writes) return { character, field: undefined };
    end += perCharacter;
    const field = fields.findIndex(({ from, length }) => end - 1 >= from && end - 1 < from + length);
    return { character, field };
  });
}

const bitsPerCharacter: Readonly<Record<Explanation["scheme"], number>> = {
  ulid: 5,
  uuid: 4,
  nanoid: 6,
  snowflake: 0,
};
