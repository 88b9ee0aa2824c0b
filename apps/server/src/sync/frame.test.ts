import { encodeUpdate } from "@scriptorium/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { deflateMessage, deflateMessageSync } from "../compression/deflate-message";
import { readFrames } from "../testing/read-frames";
import { encodeDeflatedFrame, encodeFrame, encodeUpdateFrame } from "./frame";

const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 100_000];

test.each(sizes)("frames a message of %i bytes", (size) => {
  const message = new Uint8Array(size).fill(7);
  expect(readFrames([encodeFrame(message)])).toEqual([message]);
});

test.each([...sizes, 16_384, 16_385])(
  "frames an update of %i bytes, without a copy of a large one",
  (size) => {
    const update = new Uint8Array(size).fill(7);
    const frames = encodeUpdateFrame(update);
    expect(readFrames(frames)).toEqual([encodeUpdate(update)]);
    expect(frames.includes(update)).toBe(size > 16 * 1024);
  },
);

test("compresses any message into one that stands alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(300), async (bytes, times) => {
      const message = Buffer.concat(Array.from({ length: times }, () => bytes));
      const frames = [deflateMessageSync(message), await deflateMessage(message)].flatMap(
        encodeDeflatedFrame,
      );
      expect(readFrames(frames)).toEqual([new Uint8Array(message), new Uint8Array(message)]);
    }),
  );
});
