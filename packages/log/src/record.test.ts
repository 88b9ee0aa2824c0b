import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { logErrorOf, recordOf, reseal } from "../test/support";
import {
  allocateRecordBytes,
  assertRecord,
  checkRecord,
  decodeRecord,
  encodeRecord,
  type RecordBytes,
  recordCommitFirst,
  recordHeaderBytes,
  recordUnsupported,
} from "./record";

const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 });
const anyRecord = fc.record({
  revision: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  key: bytes16,
  stream: fc.nat(255),
  kind: fc.nat(255),
  author: bytes16,
  payload: fc.uint8Array({ maxLength: 300 }),
});
const anySalt = fc.nat(0xffff_ffff);

function fromHex(hex: string): RecordBytes {
  const memory = allocateRecordBytes(hex.length / 2);
  memory.bytes.set(Buffer.from(hex, "hex"));
  return memory;
}

function encodeAlone(record: Parameters<typeof encodeRecord>[2], salt: number): RecordBytes {
  const memory = allocateRecordBytes(recordHeaderBytes + record.payload.byteLength);
  encodeRecord(memory, 0, record, { position: 12, commitFirst: 10, salt });
  return memory;
}

test("reads back what it wrote, at any place in memory", () => {
  fc.assert(
    fc.property(
      anyRecord,
      anySalt,
      fc.nat(100),
      fc.nat(2 ** 40),
      fc.nat(1000),
      (record, salt, at, first, ordinal) => {
        const position = first + ordinal;
        const memory = allocateRecordBytes(at + recordHeaderBytes + record.payload.byteLength);
        const end = encodeRecord(memory, at, record, { position, commitFirst: first, salt });
        expect(end).toBe(memory.bytes.byteLength);
        expect(checkRecord(memory, at, end, salt)).toBe(end - at);
        expect(recordCommitFirst(memory, at)).toBe(first);
        const decoded = decodeRecord(memory, at);
        memory.bytes.fill(0);
        expect(decoded).toEqual({ ...record, position });
      },
    ),
  );
});

test("is laid out as the README shows", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const block = /```hex\n([^`]+)```/.exec(readme)?.[1] ?? "";
  const hex = block
    .split("\n")
    .map((line) => line.slice(4, 52).replaceAll(" ", ""))
    .join("");
  const memory = allocateRecordBytes(69);
  const record = {
    revision: 0x0102_0304_0506_0708n,
    key: Uint8Array.from({ length: 16 }, (_, index) => index),
    stream: 2,
    kind: 3,
    author: Uint8Array.from({ length: 16 }, (_, index) => 0xf0 + index),
    payload: new TextEncoder().encode("hello"),
  };
  encodeRecord(memory, 0, record, { position: 1000, commitFirst: 993, salt: 0x5eed_cafe });
  expect(Buffer.from(memory.bytes).toString("hex")).toBe(hex);
  expect(decodeRecord(fromHex(hex), 0)).toEqual({ ...record, position: 1000 });
});

test("notices every single flipped bit", () => {
  const salt = 0x1234_5678;
  const memory = encodeAlone(recordOf(7), salt);
  const size = memory.bytes.byteLength;
  for (let bit = 0; bit < size * 8; bit += 1) {
    memory.bytes[bit >> 3] = (memory.bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(checkRecord(memory, 0, size, salt), `bit ${bit}`).toBeLessThanOrEqual(0);
    memory.bytes[bit >> 3] = (memory.bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  }
  expect(checkRecord(memory, 0, size, salt)).toBe(size);
});

test("notices every truncation", () => {
  const memory = encodeAlone(recordOf(7), 1);
  for (let size = 0; size < memory.bytes.byteLength; size += 1) {
    expect(checkRecord(memory, 0, size, 1), `${size} bytes`).toBe(0);
  }
});

test("does not take a record of another log for one of its own", () => {
  fc.assert(
    fc.property(anyRecord, anySalt, anySalt, (record, salt, other) => {
      fc.pre(salt !== other);
      const memory = encodeAlone(record, salt);
      expect(checkRecord(memory, 0, memory.bytes.byteLength, other)).toBeLessThanOrEqual(0);
    }),
  );
});

test("tells an intact record of a future format from damage", () => {
  // Version 2 with the checksum that belongs to it: 64 bytes, salt 0.
  const memory = allocateRecordBytes(64);
  encodeRecord(memory, 0, recordOf(1, { payload: new Uint8Array() }), {
    position: 1,
    commitFirst: 1,
    salt: 0,
  });
  memory.bytes[8] = 2;
  expect(checkRecord(memory, 0, 64, 0)).toBe(-1);
  reseal(memory, 0);
  expect(checkRecord(memory, 0, 64, 0)).toBe(recordUnsupported);
});

test.each([
  ["short key", { key: new Uint8Array(15) }],
  ["long author", { author: new Uint8Array(17) }],
  ["stream beyond a byte", { stream: 256 }],
  ["fractional kind", { kind: 1.5 }],
  ["negative revision", { revision: -1n }],
  ["revision beyond 64 bits", { revision: 2n ** 64n }],
])("refuses a record with a %s", async (_, overrides) => {
  const error = await logErrorOf(() => assertRecord(recordOf(1, overrides)));
  expect(error.code).toBe("INVALID_RECORD");
});
