import fc from "fast-check";
import { expect, test } from "vitest";
import { Opcode } from "./client-frame";
import { FrameReader } from "./frame-reader";

/** A frame as servers send it: without a mask. */
function serverFrame(payload: Uint8Array): Buffer {
  const header =
    payload.length < 126
      ? Buffer.of(0x82, payload.length)
      : payload.length < 65_536
        ? Buffer.of(0x82, 126, payload.length >> 8, payload.length & 0xff)
        : Buffer.concat([Buffer.of(0x82, 127, 0, 0, 0, 0), uint32(payload.length)]);
  return Buffer.concat([header, payload]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function payloadsOf(chunks: readonly Buffer[]): Buffer[] {
  const payloads: Buffer[] = [];
  const reader = new FrameReader((opcode, payload) => {
    expect(opcode).toBe(Opcode.binary);
    payloads.push(Buffer.from(payload));
  });
  const received = Buffer.alloc(100_000);
  for (const chunk of chunks) {
    // As sockets do: into the same memory again and again.
    for (let at = 0; at < chunk.length || at === 0; at += received.length) {
      reader.push(received.subarray(0, chunk.copy(received, 0, at)));
    }
  }
  return payloads;
}

test("finds the same frames however the network cuts them", () => {
  const length = fc.oneof(fc.nat(200), fc.constantFrom(0, 125, 126, 65_535, 65_536, 70_000));
  fc.assert(
    fc.property(
      fc.array(length, { maxLength: 6 }),
      fc.array(fc.nat(5000), { maxLength: 20 }),
      (lengths, cuts) => {
        const payloads = lengths.map((size, index) => Buffer.alloc(size, index + 1));
        const bytes = Buffer.concat(payloads.map(serverFrame));
        const chunks: Buffer[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        chunks.push(bytes.subarray(at));
        const found = payloadsOf(chunks);
        expect(found.map((payload) => payload.length)).toEqual(lengths);
        expect(Buffer.concat(found).equals(Buffer.concat(payloads))).toBe(true);
      },
    ),
  );
});

test("refuses what only a client with extensions can read", () => {
  const compressed = Buffer.from(serverFrame(Buffer.of(1, 2, 3)));
  compressed[0] = 0xc2;
  expect(() => payloadsOf([compressed])).toThrow("compressed");
});
