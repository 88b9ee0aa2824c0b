import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSegmentHeader, encodeSegmentHeader, parseSegmentName, segmentName } from "./segment-header";

const anyHeader = fc.record({
  version: fc.nat(0xffff_ffff),
  salt: fc.nat(0xffff_ffff),
  base: fc.maxSafeNat(),
  previous: fc.maxSafeNat(),
  createdMs: fc.maxSafeNat(),
  newestRevision: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
});

test("reads back what it wrote", () => {
  fc.assert(
    fc.property(anyHeader, (header) => {
      const bytes = encodeSegmentHeader(header);
      expect(bytes.byteLength).toBe(64);
      expect(decodeSegmentHeader(bytes)).toEqual(header);
      expect(decodeSegmentHeader(bytes, "sealed")).toBeUndefined();
      expect(decodeSegmentHeader(encodeSegmentHeader(header, "sealed"), "sealed")).toEqual(header);
    }),
  );
});

test("notices every flipped bit and every truncation", () => {
  const bytes = encodeSegmentHeader({
    version: 1,
    salt: 5,
    base: 10,
    previous: 9,
    createdMs: 1_700_000_000_000,
    newestRevision: 77n,
  });
  for (let bit = 0; bit < 512; bit += 1) {
    const flipped = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect(decodeSegmentHeader(flipped), `bit ${bit}`).toBeUndefined();
  }
  for (let size = 0; size < 64; size += 1)
    expect(decodeSegmentHeader(bytes.subarray(0, size))).toBeUndefined();
});

test("is laid out as documented", () => {
  const header = { salt: 0x0102_0304, base: 7, previous: 5, createdMs: 258, newestRevision: 0x0102n };
  const bytes = encodeSegmentHeader({ version: 1, ...header });
  expect(Buffer.from(bytes).toString("hex", 0, 60)).toBe(
    [
      "534352504c4f470a",
      "01000000",
      "04030201",
      "0700000000000000",
      "0500000000000000",
      "0201000000000000",
      "0201000000000000",
      "00".repeat(12),
    ].join(""),
  );
});

test("file names sort like positions and name nothing else", () => {
  expect(segmentName(12)).toBe("00000000000000000012.seg");
  fc.assert(
    fc.property(fc.maxSafeNat(), (base) => {
      expect(parseSegmentName(segmentName(base))).toEqual({ base, kind: "plain" });
      expect(parseSegmentName(segmentName(base, "sealed"))).toEqual({ base, kind: "sealed" });
    }),
  );
  const others = [
    "12.seg",
    "00000000000000000012.seg.torn-64",
    "a0000000000000000012.seg",
    "00000000000000000012.SEG",
    "00000000000000000012.sealed.tmp",
    "99999999999999999999.seg",
  ];
  expect(others.map(parseSegmentName)).toEqual(others.map(() => undefined));
});
