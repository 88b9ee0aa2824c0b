import fc from "fast-check";
import { decodeTime, encodeTime, isValid } from "ulid";
import { expect, test } from "vitest";
import { sixteenBytes } from "../test/arbitraries";
import type { Ulid } from "./brand";
import { IdError } from "./id-error";
import {
  parseActorId,
  parseDocumentId,
  parseUlid,
  ulidFromBytes,
  ulidTimeMaxMs,
  ulidTimeMs,
  ulidToBytes,
} from "./ulid";

const example = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

function ulid(text: string): Ulid {
  const id = parseUlid(text);
  if (id === undefined) {
    throw new Error(`${text} is no ULID`);
  }
  return id;
}

test("reads the specification's examples", () => {
  expect(parseUlid(example)).toBe(example);
  expect(parseUlid("01BX5ZZKBKACTAV9WEVGEMMVRZ")).toBe("01BX5ZZKBKACTAV9WEVGEMMVRZ");
  expect(ulidTimeMs(ulid("01ARYZ6S410000000000000000"))).toBe(1469918176385);
  expect(ulidTimeMs(ulid("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"))).toBe(ulidTimeMaxMs);
});

test("takes either case and gives upper case", () => {
  expect(parseUlid(example.toLowerCase())).toBe(example);
  expect(parseUlid("01arz3ndektsv4RRFFQ69G5FAV")).toBe(example);
  expect(parseDocumentId(example.toLowerCase())).toBe(example);
  expect(parseActorId(example.toLowerCase())).toBe(example);
});

test.each([
  ["an overflow of 128 bits", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ"],
  ["25 characters", example.slice(1)],
  ["27 characters", `${example}0`],
  ["nothing", ""],
  ["a look-alike I", "01ARZ3NDEKTSV4RRFFQ69G5FAI"],
  ["a look-alike L", "01ARZ3NDEKTSV4RRFFQ69G5FAL"],
  ["a look-alike O", "O1ARZ3NDEKTSV4RRFFQ69G5FAV"],
  ["a U", "01ARZ3NDEKTSV4RRFFQ69G5FAU"],
  ["space around it", ` ${example}`],
  ["a line break after it", `${example}\n`],
  ["a hyphen", "01ARZ3NDEK-SV4RRFFQ69G5FAV"],
  ["a long s, whose upper case is S", "01ARZ3NDEKT\u017fV4RRFFQ69G5FAV"],
  ["a Kelvin sign, whose lower case is k", "01ARZ3NDE\u212aTSV4RRFFQ69G5FAV"],
])("refuses %s", (_what, text) => {
  expect(parseUlid(text)).toBeUndefined();
  expect(parseDocumentId(text)).toBeUndefined();
  expect(parseActorId(text)).toBeUndefined();
});

test("goes through bytes and text unchanged", () => {
  fc.assert(
    fc.property(sixteenBytes, (bytes) => {
      const id = ulidFromBytes(bytes);
      expect(parseUlid(id)).toBe(id);
      expect(ulidToBytes(id)).toEqual(bytes);
    }),
  );
});

test("sorts as text in the order of its bytes", () => {
  fc.assert(
    fc.property(sixteenBytes, sixteenBytes, (left, right) => {
      const byBytes = Buffer.compare(left, right);
      const [a, b] = [ulidFromBytes(left), ulidFromBytes(right)];
      expect(a < b ? -1 : Number(a > b)).toBe(byBytes);
    }),
  );
});

test("refuses bytes that are not 16", () => {
  for (const length of [0, 15, 17]) {
    expect(() => ulidFromBytes(new Uint8Array(length))).toThrow(
      expect.objectContaining({ name: "IdError", code: "BAD_BYTES" }),
    );
  }
  expect(() => ulidFromBytes(new Uint8Array(3))).toThrow(IdError);
});

test("agrees with the ulid package on times and on what is a ULID", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: ulidTimeMaxMs }), sixteenBytes, (timeMs, bytes) => {
      const id = ulidFromBytes(bytes);
      expect(isValid(id)).toBe(true);
      expect(ulidTimeMs(id)).toBe(decodeTime(id));
      expect(ulidTimeMs(ulid(encodeTime(timeMs, 10) + id.slice(10)))).toBe(timeMs);
    }),
  );
});

test("agrees with the ulid package on which damaged texts are none", () => {
  const oneCharacter = fc.string({ minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(fc.nat(25), oneCharacter, (at, character) => {
      const damaged = example.slice(0, at) + character + example.slice(at + 1);
      // Its isValid leaves the overflow to decodeTime.
      const fits = isValid(damaged) && damaged.charAt(0) <= "7";
      expect(parseUlid(damaged) !== undefined).toBe(fits);
    }),
    { numRuns: 1000 },
  );
});
