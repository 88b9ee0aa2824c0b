import fc from "fast-check";
import { expect, test } from "vitest";
import { scriptedRandom } from "../test/scripted";
import { explainNanoid, isNanoid, mintNanoid } from "./nanoid";
import { systemRandom } from "./sources";

test("mints 21 characters of the alphabet from any random bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 21, maxLength: 21 }), (random) => {
      expect(isNanoid(mintNanoid(scriptedRandom([random])))).toBe(true);
    }),
  );
});

test("uses each of the 64 characters for as many of the 256 bytes", () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const character = mintNanoid((bytes) => bytes.fill(byte)).charAt(0);
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect([...counts.keys()].sort().join("")).toBe(
    "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
  );
  expect(new Set(counts.values())).toEqual(new Set([4]));
});

test.each(["V1StGXR8_Z5jdHi6B-myT", "---------------------"])("recognises %s", (text) => {
  expect(isNanoid(text)).toBe(true);
  expect(explainNanoid(text)).toMatchObject({
    scheme: "nanoid",
    canonical: text,
    bits: 126,
    entropyBits: 126,
  });
});

test.each(["", "V1StGXR8_Z5jdHi6B-my", "V1StGXR8_Z5jdHi6B-myTT", "V1StGXR8_Z5jdHi6B+myT"])(
  "refuses %j",
  (text) => {
    expect(isNanoid(text)).toBe(false);
  },
);

test("says that it holds no time", () => {
  expect(explainNanoid(mintNanoid(systemRandom)).notes.join()).toContain("no time");
});
