import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { varUintBytes, writeVarUint } from "./var-uint";

const edges = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER];

test("writes what lib0 writes, in as many bytes", () => {
  const value = fc.oneof(
    fc.constantFrom(...edges),
    fc.nat(),
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  );
  fc.assert(
    fc.property(value, (number) => {
      const expected = encoding.encode((encoder) => encoding.writeVarUint(encoder, number));
      const target = new Uint8Array(expected.length + 4).fill(7);
      expect(varUintBytes(number)).toBe(expected.length);
      expect(writeVarUint(target, 2, number)).toBe(2 + expected.length);
      expect(target).toEqual(Uint8Array.of(7, 7, ...expected, 7, 7));
    }),
  );
});
