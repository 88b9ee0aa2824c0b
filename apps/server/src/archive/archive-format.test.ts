import fc from "fast-check";
import { expect, test } from "vitest";
import { Stream } from "../storage/stream";
import { ArchiveLineError, decodeEntry, encodeEntry } from "./archive-format";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map((json) => new TextEncoder().encode(json)),
  fc.jsonValue().map((value) => new TextEncoder().encode(JSON.stringify(value))),
);
const record = fc.record({
  revision: fc.bigInt(0n, 2n ** 63n - 1n),
  key: bytes(16),
  stream: fc.oneof(fc.constant<number>(Stream.text), fc.constant<number>(Stream.catalogue), fc.nat(255)),
  kind: fc.nat(255),
  author: bytes(16),
  payload,
});

test("a record comes out of its line as it went in, to the byte", () => {
  fc.assert(
    fc.property(record, (record) => {
      const line = encodeEntry({ type: "record", record });
      expect(line.indexOf("\n")).toBe(line.length - 1);
      const entry = decodeEntry(Buffer.from(line.slice(0, -1)));
      if (entry.type !== "record") throw new Error(`a record became ${entry.type}`);
      const { key, author, payload, ...rest } = entry.record;
      expect(rest).toEqual({ revision: record.revision, stream: record.stream, kind: record.kind });
      expect([key, author, payload].map((part) => Buffer.from(part).toString("hex"))).toEqual(
        [record.key, record.author, record.payload].map((part) => Buffer.from(part).toString("hex")),
      );
    }),
  );
});

test("no line with a changed byte is believed", () => {
  fc.assert(
    fc.property(record, fc.nat(), fc.integer({ min: 1, max: 255 }), (record, at, mask) => {
      const line = Buffer.from(encodeEntry({ type: "record", record }).slice(0, -1));
      const index = at % line.length;
      line.writeUInt8(line.readUInt8(index) ^ mask, index);
      expect(() => decodeEntry(line)).toThrow(ArchiveLineError);
    }),
  );
});
