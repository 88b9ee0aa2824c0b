import fc from "fast-check";
import { expect, test } from "vitest";
import { keyOf } from "../test/support";
import { allocateRecordBytes, encodeRecord, keyText, type LogRecord, recordHeaderBytes } from "./record";
import { BlockEncoder, blockRecord, decodeBlock } from "./sealed-block";
import { decodeFrame, encodeFrame } from "./sealed-frame";
import { encodeIndex, SealedIndex } from "./sealed-index";
import { decodeTrailer, encodeTrailer } from "./sealed-trailer";
import { ByteReader, ByteWriter } from "./varint";

const salt = 0x5eed_cafe;
const anyPosition = fc.integer({ min: 1, max: 2 ** 50 });
const anyRevision = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const anyRecord: fc.Arbitrary<LogRecord> = fc.record({
  position: anyPosition,
  revision: anyRevision,
  key: fc.nat(3).map(keyOf),
  stream: fc.nat(255),
  kind: fc.nat(255),
  author: fc.oneof(fc.constant(new Uint8Array(16)), fc.uint8Array({ minLength: 16, maxLength: 16 })),
  payload: fc.uint8Array({ maxLength: 40 }),
});

function encode(records: LogRecord[], base: number): Uint8Array {
  const encoder = new BlockEncoder(base);
  for (const record of records) {
    const memory = allocateRecordBytes(recordHeaderBytes + record.payload.byteLength);
    encodeRecord(memory, 0, record, { position: record.position, commitFirst: record.position, salt });
    encoder.add(memory, 0);
  }
  return encoder.finish();
}

function decode(content: Uint8Array): LogRecord[] | undefined {
  const block = decodeBlock(content);
  return block?.runs.flatMap(({ key, start, end }) =>
    Array.from({ length: end - start }, (_, index) => blockRecord(block, start + index, key)),
  );
}

const anyBlock = fc
  .uniqueArray(anyRecord, { minLength: 1, maxLength: 60, selector: ({ position }) => position })
  .map((records) => records.sort((a, b) => Buffer.compare(a.key, b.key) || a.position - b.position));

test("a block gives back the records it was made of, whatever they are", () => {
  fc.assert(
    fc.property(anyBlock, (records) => {
      const base = Math.min(...records.map(({ position }) => position));
      expect(decode(encode(records, base))).toEqual(records);
    }),
  );
});

test("an encoder starts each block afresh", () => {
  const record = (position: number, fill: number): LogRecord => ({
    position,
    revision: BigInt(position) << 40n,
    key: keyOf(fill),
    stream: fill,
    kind: fill,
    author: new Uint8Array(16).fill(fill),
    payload: new Uint8Array(fill).fill(fill),
  });
  const encoder = new BlockEncoder(5);
  for (const each of [record(9, 3), record(7, 4)]) {
    const memory = allocateRecordBytes(recordHeaderBytes + each.payload.byteLength);
    encodeRecord(memory, 0, each, { position: each.position, commitFirst: 1, salt });
    encoder.add(memory, 0);
    expect(encoder.records).toBe(1);
    expect(decode(encoder.finish())).toEqual([each]);
  }
});

test("no bytes at all make decoding a block fail in another way than saying so", () => {
  fc.assert(
    fc.property(anyBlock, fc.nat(), fc.nat(255), (records, at, value) => {
      const content = encode(records, 1).slice();
      content[at % content.byteLength] = value;
      // Never an exception, never a record out of bounds: checksums are what tells the rest.
      const found = decode(content) ?? [];
      expect(found.length).toBeLessThanOrEqual(content.byteLength);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect((decode(bytes) ?? []).length).toBeLessThanOrEqual(bytes.byteLength);
    }),
  );
});

test("numbers come back from varints", () => {
  fc.assert(
    fc.property(
      fc.array(fc.maxSafeNat()),
      fc.array(fc.integer({ min: -(2 ** 51), max: 2 ** 51 })),
      (ups, all) => {
        const writer = new ByteWriter();
        for (const value of ups) writer.varint(value);
        for (const value of all) writer.signed(value);
        const reader = new ByteReader(writer.view());
        expect(ups.map(() => reader.varint())).toEqual(ups);
        expect(all.map(() => reader.signed() + 0)).toEqual(all.map((value) => value + 0));
        expect(reader.at).toBe(writer.length);
      },
    ),
  );
});

test("every flipped bit in a frame shows, and so does another log's salt", async () => {
  const content = new TextEncoder().encode("what was written ".repeat(30));
  const frame = await encodeFrame(content, salt);
  expect(frame.byteLength).toBeLessThan(content.byteLength / 4);
  expect(await decodeFrame(frame, salt)).toEqual(content);
  expect(await decodeFrame(frame, salt + 1)).toBeUndefined();
  expect(await decodeFrame(frame.subarray(0, -1), salt)).toBeUndefined();
  for (let bit = 0; bit < frame.byteLength * 8; bit += 1) {
    const flipped = frame.slice();
    flipped[bit >>> 3] = (flipped[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
    expect(await decodeFrame(flipped, salt), `bit ${bit}`).toBeUndefined();
  }
});

const trailer = {
  base: 2 ** 40,
  previous: 2 ** 40 - 3,
  lastPosition: 2 ** 40 + 9,
  records: 10,
  sourceBytes: 12_345,
  revisionMin: 7n,
  revisionMax: 2n ** 64n - 1n,
  blocks: 2,
  keys: 3,
  indexOffset: 1000,
  indexRawLength: 304,
  salt,
  chainBroken: false,
  trailerLost: false,
  trailersKept: 0,
  contentHash: new Uint8Array(32).fill(1),
  previousChain: new Uint8Array(32).fill(2),
};

test("a trailer comes back, and every flipped bit in it shows", () => {
  const bytes = encodeTrailer(trailer);
  expect(decodeTrailer(bytes)).toMatchObject(trailer);
  for (const change of [{ chainBroken: true }, { trailerLost: true }, { trailersKept: 3 }]) {
    expect(decodeTrailer(encodeTrailer({ ...trailer, ...change }))).toMatchObject({ ...trailer, ...change });
  }
  for (let bit = 0; bit < bytes.byteLength * 8; bit += 1) {
    const flipped = bytes.slice();
    flipped[bit >>> 3] = (flipped[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
    expect(decodeTrailer(flipped), `bit ${bit}`).toBeUndefined();
  }
});

test("the chain depends on everything the trailer says", () => {
  const chain = decodeTrailer(encodeTrailer(trailer))?.chain;
  for (const change of [
    { records: 11 },
    { contentHash: new Uint8Array(32) },
    { previousChain: new Uint8Array(32) },
  ]) {
    expect(decodeTrailer(encodeTrailer({ ...trailer, ...change }))?.chain).not.toEqual(chain);
  }
});

test("the index finds every key, and no other", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(2 ** 31), { maxLength: 50 }), fc.nat(2 ** 31), (present, other) => {
      const extent = { records: 1, firstPosition: 1, lastPosition: 2, revisionMin: 0n, revisionMax: 5n };
      const keys = present
        .map((number) => ({ key: keyText(keyOf(number)), firstBlock: number % 7, lastBlock: 7, ...extent }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const blocks = [{ offset: 64, length: 20, rawLength: 9, crc: 0xffff_fffe, ...extent }];
      const index = new SealedIndex(encodeIndex(blocks, keys), 1, keys.length);
      expect(index.complete).toBe(true);
      expect(index.block(0)).toEqual(blocks[0]);
      for (const entry of keys) {
        expect(index.find(Buffer.from(entry.key, "latin1"))).toEqual(entry);
      }
      expect(index.find(keyOf(other)) !== undefined).toBe(present.includes(other));
    }),
  );
});
