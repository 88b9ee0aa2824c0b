import { parseUlid, ulidTimeMaxMs } from "./ulid";
import { formatUuid } from "./uuid";

/** Callers branch on these; they are stable. */
export type IdFaultCode =
  /** There is nothing but space. */
  | "EMPTY"
  /** Longer than any id with all that may stand around it: it was not looked at further. */
  | "TOO_LONG"
  | "WRONG_LENGTH"
  /** A character that the scheme's alphabet does not have. */
  | "BAD_CHARACTER"
  /** Digits or hyphens, but not where the scheme has them. */
  | "BAD_GROUPING"
  /** A decimal number with zeros in front: an id has one spelling. */
  | "LEADING_ZERO"
  /** A number of more bits than the scheme has. */
  | "OVERFLOW"
  /** Past the last moment that the scheme can hold. */
  | "TIME_OUT_OF_RANGE";

/** Why a text is no id. Plain data: it goes through JSON unchanged. */
export interface IdFault {
  readonly code: IdFaultCode;
  /** What it was most likely meant to be; absent where nothing suggests one. */
  readonly scheme?: "ulid" | "snowflake" | "uuid" | "nanoid";
  /** One plain sentence in English. */
  readonly message: string;
  /** Where the fault lies: a number of characters from the first that is no space. */
  readonly at?: number;
  /** The character there. */
  readonly character?: string;
  /** In characters; of a UUID in digits. */
  readonly length?: number;
  readonly expectedLength?: number;
  /** The id that was meant in all likelihood. */
  readonly suggestion?: string;
}

/** Longer texts are not looked at: the longest spelling of an id has 45 characters. */
export const idLengthMax = 200;

const around = /^(?:urn:uuid:|\{)|\}$/gi;
const ulidLength = 26;
const uuidDigits = 32;
const nanoidLength = 21;

/**
 * Why `explain` has nothing to say of a text. Meant for a text that it found no reading of: which scheme was meant is
 * guessed from length and characters.
 */
export function diagnose(text: string): IdFault {
  const id = text.trim();
  if (id === "") return { code: "EMPTY", message: "There is no id here." };
  if (id.length > idLengthMax) {
    return {
      code: "TOO_LONG",
      length: id.length,
      message: `This has ${id.length} characters; no id has more than 45.`,
    };
  }
  return judge(id);
}

function judge(id: string): IdFault {
  if (/^[+-]?[0-9]+$/.test(id) && id.length !== ulidLength) return judgeSnowflake(id);
  if (looksLikeUuid(id)) return judgeUuid(id);
  if (Math.abs(id.length - ulidLength) <= 1) return judgeUlid(id);
  if (Math.abs(id.length - nanoidLength) <= 1) return judgeNanoid(id);
  return {
    code: "WRONG_LENGTH",
    length: id.length,
    message: `This has ${id.length} character${id.length === 1 ? "" : "s"}. A ULID has 26, a UUID 36, a NanoID 21, and a Snowflake is a number of up to 19 digits.`,
  };
}

function looksLikeUuid(id: string): boolean {
  const bare = id.replaceAll(around, "");
  return (
    bare !== id || id.split("-").length === 5 || Math.abs(bare.replaceAll("-", "").length - uuidDigits) <= 3
  );
}

function judgeSnowflake(id: string): IdFault {
  const scheme = "snowflake";
  if (!/^[0-9]/.test(id)) return badCharacter(scheme, id, 0, "A Snowflake is written with digits alone");
  const number = id.replace(/^0+(?=.)/, "");
  if (BigInt(number) >= 2n ** 63n) {
    return {
      code: "OVERFLOW",
      scheme,
      message:
        "A Snowflake has 63 bits: this number is above 9223372036854775807, whose time is in September 2093.",
    };
  }
  return {
    code: "LEADING_ZERO",
    scheme,
    at: 0,
    character: "0",
    suggestion: number,
    message: `A Snowflake has no zeros in front; without them it is ${number}.`,
  };
}

function judgeUlid(id: string): IdFault {
  const scheme = "ulid";
  const at = id.search(/[^0-9A-HJKMNP-TV-Z]/i);
  if (at !== -1) {
    const meant = parseUlid(id.replaceAll(/[il]/gi, "1").replaceAll(/o/gi, "0"));
    return {
      ...badCharacter(scheme, id, at, "A ULID has digits and letters without I, L, O and U"),
      ...(meant !== undefined && { suggestion: meant }),
    };
  }
  if (id.length !== ulidLength) return wrongLength(scheme, "ULID", "characters", id.length, ulidLength);
  return {
    code: "TIME_OUT_OF_RANGE",
    scheme,
    at: 0,
    character: id.charAt(0),
    message: `A ULID begins with 0 to 7: its last moment is ${new Date(ulidTimeMaxMs).toISOString()}, and this is past it.`,
  };
}

function judgeNanoid(id: string): IdFault {
  const at = id.search(/[^A-Za-z0-9_-]/);
  return at === -1
    ? wrongLength("nanoid", "NanoID", "characters", id.length, nanoidLength)
    : badCharacter("nanoid", id, at, "A NanoID has letters, digits, hyphens and underscores");
}

function judgeUuid(id: string): IdFault {
  const scheme = "uuid";
  const begin = /^(?:urn:uuid:|\{)?/i.exec(id)?.[0].length ?? 0;
  const bare = id.slice(begin).replace(/\}$/, "");
  const at = bare.search(/[^0-9a-f-]/i);
  if (at !== -1) {
    return badCharacter(scheme, id, begin + at, "A UUID has the digits 0 to 9 and a to f, and hyphens");
  }
  const digits = bare.replaceAll("-", "");
  if (digits.length !== uuidDigits) return wrongLength(scheme, "UUID", "digits", digits.length, uuidDigits);
  const suggestion = formatUuid(BigInt(`0x${digits}`));
  return {
    code: "BAD_GROUPING",
    scheme,
    suggestion,
    message: `The digits of a UUID stand in groups of 8, 4, 4, 4 and 12: ${suggestion}.`,
  };
}

function badCharacter(scheme: IdFault["scheme"] & string, id: string, at: number, rule: string): IdFault {
  const character = String.fromCodePoint(id.codePointAt(at) ?? 0);
  return {
    code: "BAD_CHARACTER",
    scheme,
    at,
    character,
    message: `${rule}: character ${at + 1} is ${JSON.stringify(character)}.`,
  };
}

function wrongLength(
  scheme: IdFault["scheme"] & string,
  name: string,
  unit: string,
  length: number,
  expectedLength: number,
): IdFault {
  return {
    code: "WRONG_LENGTH",
    scheme,
    length,
    expectedLength,
    message: `A ${name} has ${expectedLength} ${unit}, and this has ${length}.`,
  };
}
