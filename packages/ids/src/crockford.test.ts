import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCrockford, encodeCrockford } from "./crockford";

test("decodes what it encoded, whatever the length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(decodeCrockford(encodeCrockford(bytes))).toEqual(bytes);
    }),
  );
});

test("writes the number that the bytes are, in base 32", () => {
  expect(encodeCrockford(Uint8Array.of(0))).toBe("00");
  expect(encodeCrockford(Uint8Array.of(0xff))).toBe("7Z");
  expect(encodeCrockford(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff))).toBe("ZZZZZZZZ");
  // By hand: 00000 00100 10001 10100 01010 11001 11100 01001.
  expect(encodeCrockford(Uint8Array.of(0x01, 0x23, 0x45, 0x67, 0x89))).toBe("04HMASW9");
});
