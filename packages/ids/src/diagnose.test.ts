import fc from "fast-check";
import { expect, test } from "vitest";
import { diagnose, idLengthMax } from "./diagnose";
import { explain } from "./explain";

const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const uuid = "919108f7-52d1-4320-9bac-f847db4148a8";

test.each<[string, string, object]>([
  ["nothing", " \n", { code: "EMPTY" }],
  ["a text", "a".repeat(idLengthMax + 1), { code: "TOO_LONG", length: 201 }],
  ["a word", "hello", { code: "WRONG_LENGTH", length: 5 }],
  [
    "a ULID that lacks a character",
    ulid.slice(1),
    { code: "WRONG_LENGTH", scheme: "ulid", length: 25, expectedLength: 26 },
  ],
  [
    "a ULID with a U",
    ulid.replace("T", "U"),
    { code: "BAD_CHARACTER", scheme: "ulid", at: 10, character: "U" },
  ],
  [
    "a ULID with look-alikes",
    "O1ARZ3NDEKTSV4RRFFQ69G5FAV",
    { code: "BAD_CHARACTER", scheme: "ulid", at: 0, character: "O", suggestion: ulid },
  ],
  [
    "a ULID past the year 10889",
    `8${"0".repeat(25)}`,
    { code: "TIME_OUT_OF_RANGE", scheme: "ulid", at: 0, character: "8" },
  ],
  ["a number of 64 bits", String(2n ** 63n), { code: "OVERFLOW", scheme: "snowflake" }],
  ["a long number", "9".repeat(40), { code: "OVERFLOW", scheme: "snowflake" }],
  ["a number with zeros in front", "007", { code: "LEADING_ZERO", scheme: "snowflake", suggestion: "7" }],
  ["a negative number", "-7", { code: "BAD_CHARACTER", scheme: "snowflake", at: 0, character: "-" }],
  [
    "a UUID with a g",
    uuid.replace("f", "g"),
    { code: "BAD_CHARACTER", scheme: "uuid", at: 6, character: "g" },
  ],
  [
    "a UUID in braces with a g",
    `{${uuid.replace("f", "g")}}`,
    { code: "BAD_CHARACTER", scheme: "uuid", at: 7, character: "g" },
  ],
  [
    "a UUID that lacks a digit",
    `urn:uuid:${uuid.slice(0, -1)}`,
    { code: "WRONG_LENGTH", scheme: "uuid", length: 31, expectedLength: 32 },
  ],
  [
    "a UUID in other groups",
    "919108f752d1-4320-9bac-f847-db4148a8",
    { code: "BAD_GROUPING", scheme: "uuid", suggestion: uuid },
  ],
  ["half a brace", `{${uuid}`, { code: "BAD_GROUPING", scheme: "uuid", suggestion: uuid }],
  [
    "a NanoID with a dot",
    "V1StGXR8.Z5jdHi6B-myT",
    { code: "BAD_CHARACTER", scheme: "nanoid", at: 8, character: "." },
  ],
  [
    "a NanoID that lacks a character",
    "V1StGXR8_Z5jdHi6B-my",
    { code: "WRONG_LENGTH", scheme: "nanoid", length: 20, expectedLength: 21 },
  ],
  [
    "an emoji in a ULID",
    `🖋${ulid.slice(2)}`,
    { code: "BAD_CHARACTER", scheme: "ulid", at: 0, character: "🖋" },
  ],
])("says what is wrong with %s", (_what, text, fault) => {
  expect(explain(text)).toEqual([]);
  expect(diagnose(text)).toMatchObject(fault);
});

test("says something of every text that is no id, and suggests only what is one", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 300, unit: "grapheme" }), mistyped), (text) => {
      fc.pre(explain(text).length === 0);
      const fault = diagnose(text);
      expect(fault.message).toMatch(/\.$/);
      expect(fault.message.length).toBeLessThan(250);
      if (fault.character !== undefined) {
        expect(text.trim().startsWith(fault.character, fault.at)).toBe(true);
      }
      if (fault.suggestion !== undefined) {
        expect(explain(fault.suggestion).map(({ scheme }) => scheme)).toContain(fault.scheme);
      }
    }),
    { numRuns: 2000 },
  );
});

/** An id with one character replaced, added or left out. */
const mistyped = fc
  .tuple(
    fc.constantFrom(
      ulid,
      uuid,
      `{${uuid}}`,
      `urn:uuid:${uuid}`,
      "325000000000000000",
      "V1StGXR8_Z5jdHi6B-myT",
    ),
    fc.nat(45),
    fc.nat(1),
    fc.string({ maxLength: 1 }),
  )
  .map(([id, at, cut, add]) => id.slice(0, at) + add + id.slice(at + cut));
