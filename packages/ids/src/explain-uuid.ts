import { explainDceUuid, explainGregorianUuid } from "./explain-uuid-gregorian";
import {
  idTime,
  type UuidExplanation,
  type UuidPlainExplanation,
  type UuidUnixTimeExplanation,
} from "./explanation";
import { decimal, type FieldPlan, tileFields } from "./field";
import { formatUuid } from "./uuid";
import { binary, variantField, versionField } from "./uuid-fields";

const uuidMax = 2n ** 128n - 1n;

/** Reads any 128 bits as RFC 9562 does: the two constants first, then the variant, then the version. */
export function explainUuid(value: bigint): UuidExplanation {
  if (value === 0n || value === uuidMax) {
    return explainConstant(value);
  }
  if (BigInt.asUintN(2, value >> 62n) !== 0b10n) {
    return explainForeign(value);
  }
  const version = Number(BigInt.asUintN(4, value >> 76n));
  switch (version) {
    case 1:
    case 6:
      return explainGregorianUuid(value, version);
    case 2:
      return explainDceUuid(value);
    case 3:
    case 5:
      return explainNameBased(value, version);
    case 4:
      return explainRandom(value);
    case 7:
      return explainUnixTime(value);
    case 8:
      return explainCustom(value);
    default:
      return explainUnassigned(value, version);
  }
}

function explainConstant(value: bigint): UuidPlainExplanation {
  const [name, digit] = value === 0n ? (["nil", "0"] as const) : (["max", "1"] as const);
  return plain(value, name, 0, {
    fields: [{ name, length: 128, meaning: `all bits are ${digit}` }],
    notes: [`The ${name} UUID: a constant that stands for no id, or for the end of a range.`],
  });
}

function explainNameBased(value: bigint, version: 3 | 5): UuidPlainExplanation {
  const hash = version === 3 ? "MD5" : "SHA-1";
  return plain(value, version, 0, {
    fields: around("hash", `of the ${hash} hash of a namespace and a name`),
    notes: [
      `Made from a namespace and a name by ${hash}: the same name always gives the same id.`,
      "Holds no time; whoever can guess the name can compute the id.",
    ],
  });
}

function explainRandom(value: bigint): UuidPlainExplanation {
  return plain(value, 4, 122, {
    fields: around("random", "from a random source"),
    notes: ["Holds no time, no node and no order: all but six bits are random."],
  });
}

function explainUnixTime(value: bigint): UuidUnixTimeExplanation {
  const time = idTime(Number(value >> 80n));
  return {
    scheme: "uuid",
    version: 7,
    canonical: formatUuid(value),
    bits: 128,
    fields: tileFields(value, 128, [
      { name: "unix_ts_ms", length: 48, write: decimal, meaning: `milliseconds since 1970: ${time.iso}` },
      versionField,
      { name: "rand_a", length: 12, meaning: "random, or a finer part of the time, or a counter" },
      variantField,
      { name: "rand_b", length: 62, meaning: "random, or partly a counter" },
    ]),
    time,
    entropyBits: 74,
    notes: ["Sorts by the millisecond it was minted; within one, the order depends on who minted it."],
  };
}

function explainCustom(value: bigint): UuidPlainExplanation {
  return plain(value, 8, 0, {
    fields: around("custom", "of what the maker chose"),
    notes: [
      "Its 122 free bits mean what its maker decided; the id does not say, so no randomness can be relied on.",
    ],
  });
}

function explainUnassigned(value: bigint, version: number): UuidPlainExplanation {
  return plain(value, "unknown", 0, {
    fields: around("unknown", "of a layout that is not defined"),
    notes: [`RFC 9562 defines versions 1 to 8; this says ${version}.`],
  });
}

/** UUIDs whose variant bits say that another body than the RFC laid out the rest. */
function explainForeign(value: bigint): UuidPlainExplanation {
  const { length, bits, whose } = foreignVariant(value);
  return plain(value, "unknown", 0, {
    fields: [
      { name: "unknown_a", length: 64, meaning: `laid out by ${whose}` },
      { name: "variant", length, write: binary(length), meaning: `${bits}: ${whose}` },
      { name: "unknown_b", length: 64 - length, meaning: `laid out by ${whose}` },
    ],
    notes: [`The variant bits say ${whose}, so the id has no version.`],
  });
}

function foreignVariant(value: bigint): { length: number; bits: string; whose: string } {
  const top = BigInt.asUintN(3, value >> 61n);
  if (top === 0b111n) {
    return { length: 3, bits: "111", whose: "a variant reserved for the future" };
  }
  return top === 0b110n
    ? { length: 3, bits: "110", whose: "Microsoft's old GUIDs" }
    : { length: 1, bits: "0", whose: "Apollo's Network Computing System" };
}

/** The three runs of bits that version and variant leave free. */
function around(name: string, ofWhat: string): FieldPlan[] {
  return [
    { name: `${name}_a`, length: 48, meaning: `48 bits ${ofWhat}` },
    versionField,
    { name: `${name}_b`, length: 12, meaning: `12 bits ${ofWhat}` },
    variantField,
    { name: `${name}_c`, length: 62, meaning: `62 bits ${ofWhat}` },
  ];
}

function plain(
  value: bigint,
  version: UuidPlainExplanation["version"],
  entropyBits: number,
  said: { fields: FieldPlan[]; notes: string[] },
): UuidPlainExplanation {
  return {
    scheme: "uuid",
    version,
    canonical: formatUuid(value),
    bits: 128,
    fields: tileFields(value, 128, said.fields),
    entropyBits,
    notes: said.notes,
  };
}
