import fc from "fast-check";
import { decodeTime } from "ulid";
import { expect, test } from "vitest";
import { bits, sixteenBytes } from "../test/arbitraries";
import { explain } from "./explain";
import type { Explanation } from "./explanation";
import { mintNanoid } from "./nanoid";
import { snowflakeEpochMs, snowflakeParts } from "./snowflake";
import { ulidFromBytes } from "./ulid";
import { formatUuid } from "./uuid";

const anyId = fc.oneof(
  sixteenBytes.map((bytes) => ulidFromBytes(bytes) as string),
  bits(63).map(String),
  bits(128).map(formatUuid),
  // All versions and variants, which random bits alone would seldom show.
  fc
    .tuple(bits(128), fc.nat(15), fc.nat(15))
    .map(([random, version, variant]) =>
      formatUuid(random).split("").with(14, version.toString(16)).with(19, variant.toString(16)).join(""),
    ),
  fc.constantFrom("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
  fc.uint8Array({ minLength: 21, maxLength: 21 }).map((bytes) => mintNanoid((target) => target.set(bytes))),
);

function onlyReading(text: string): Explanation {
  const [reading, ...others] = explain(text);
  if (reading === undefined || others.length > 0) {
    throw new Error(`${text} has not exactly one reading`);
  }
  return reading;
}

test("tiles all bits of every id with fields, in order, without gap or overlap", () => {
  fc.assert(
    fc.property(anyId, (text) => {
      const { fields, bits: total } = onlyReading(text);
      let from = 0;
      for (const field of fields) {
        expect(field.from).toBe(from);
        expect(field.length).toBeGreaterThan(0);
        expect(field.name).not.toBe("");
        expect(field.meaning).not.toBe("");
        from += field.length;
      }
      expect(from).toBe(total);
      expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    }),
    { numRuns: 1000 },
  );
});

test("shows in its fields every bit of the id, so that they give it back", () => {
  const structured = anyId.filter((text) => onlyReading(text).scheme !== "nanoid");
  fc.assert(
    fc.property(structured, (text) => {
      const { fields, canonical, scheme } = onlyReading(text);
      const value = fields.reduce((high, field) => (high << BigInt(field.length)) | numberOf(field), 0n);
      expect(writers[scheme](value)).toBe(canonical);
    }),
    { numRuns: 1000 },
  );
});

test("gives the canonical form, which reads the same as what was given", () => {
  fc.assert(
    fc.property(anyId, (text) => {
      const reading = onlyReading(text);
      expect(reading.canonical).toBe(text);
      expect(onlyReading(`  ${text}\n`)).toEqual(reading);
      if (reading.scheme !== "nanoid") {
        expect(onlyReading(text.toUpperCase())).toEqual(reading);
        expect(onlyReading(text.toLowerCase())).toEqual(reading);
      }
    }),
  );
});

test("is plain data, which JSON does not change", () => {
  fc.assert(
    fc.property(anyId, (text) => {
      const readings = explain(text);
      expect(JSON.parse(JSON.stringify(readings))).toEqual(readings);
    }),
  );
});

test("never throws, whatever the text", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789") });
  const nearlyIds = fc
    .tuple(anyId, fc.nat(40), fc.string({ maxLength: 2 }))
    .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), digits, nearlyIds), (text) => {
      expect(explain(text).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  "",
  " ",
  "hello",
  "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
  "9223372036854775808",
  "-1",
  "\u0000",
  "null",
  "{}",
])("finds nothing in %j", (text) => {
  expect(explain(text)).toEqual([]);
});

test("reads a ULID: time and randomness", () => {
  const reading = onlyReading("01arz3ndektsv4rrffq69g5fav");
  expect(reading).toMatchObject({
    scheme: "ulid",
    canonical: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    bits: 128,
    entropyBits: 80,
    time: { ms: decodeTime("01ARZ3NDEKTSV4RRFFQ69G5FAV"), iso: "2016-07-30T23:54:10.259Z" },
  });
  expect(reading.fields).toMatchObject([
    { name: "time", from: 0, length: 48, value: "1469922850259" },
    { name: "random", from: 48, length: 80, value: "0xd6764c61efb99302bd5b" },
  ]);
  expect(reading.notes.join()).toContain("01563e3a-b5d3-d676-4c61-efb99302bd5b");
});

test("dates the last ULID of all, in the year 10889", () => {
  expect(onlyReading("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).toMatchObject({
    time: { iso: "+010889-08-02T05:31:50.655Z" },
  });
});

test("reads a Snowflake as its parts say", () => {
  fc.assert(
    fc.property(bits(63), (id) => {
      const { timeMs, ...parts } = snowflakeParts(id);
      expect(onlyReading(id.toString())).toMatchObject({
        scheme: "snowflake",
        ...parts,
        time: { ms: timeMs, iso: new Date(timeMs).toISOString() },
      });
    }),
  );
});

// Published examples: the first is in Discord's API reference, the second in Wikipedia's article on Snowflake IDs.
test("notes when a Snowflake would be from by Discord's and Twitter's epochs", () => {
  expect(onlyReading("175928847299117063").notes).toContainEqual(
    expect.stringContaining("2016-04-30T11:18:25.796Z"),
  );
  expect(onlyReading("1541815603606036480").notes).toContainEqual(
    expect.stringContaining("2022-06-28T16:07:40.105Z"),
  );
});

test("doubts that a small number is a Snowflake", () => {
  const doubt = expect.stringContaining("may be a plain number");
  expect(onlyReading("42").notes).toContainEqual(doubt);
  expect(onlyReading("42")).toMatchObject({ time: { ms: snowflakeEpochMs } });
  expect(onlyReading(String(2 ** 22)).notes).not.toContainEqual(doubt);
});

const writers: Record<Explanation["scheme"], (value: bigint) => string> = {
  snowflake: String,
  uuid: formatUuid,
  ulid: (value) => ulidFromBytes(toBytes(value)),
  nanoid: String,
};

function toBytes(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(32, "0"), "hex"));
}

function numberOf({ name, value }: { name: string; value: string }): bigint {
  if (name === "variant") {
    return BigInt(`0b${value}`);
  }
  return name === "node" ? BigInt(`0x${value.replaceAll(":", "")}`) : BigInt(value);
}
