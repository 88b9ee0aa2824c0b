import { randomBytes } from "node:crypto";
import {
  encodeAwareness,
  encodeEvent,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import { expect, test } from "vitest";
import { createMetrics } from "../observability/metrics";
import { encodeDeflatedFrame, encodeDurableFrame, encodeFrame, encodeUpdateFrame } from "./frame";
import { countSent, countSentFrame } from "./sent-messages";

/** Messages and bytes that were counted, by type, of those that were. */
async function counted(frames: readonly Uint8Array[]): Promise<Record<string, [number, number]>> {
  const { traffic, registry } = createMetrics(new Set(["traffic"]));
  countSent(frames, traffic);
  const values = async (name: string) => (await registry.getSingleMetric(name)?.get())?.values ?? [];
  const messages = await values("scriptorium_messages_sent_total");
  const bytes = await values("scriptorium_message_sent_bytes_total");
  return Object.fromEntries(
    messages.flatMap(({ labels: { type = "" }, value }, index) =>
      value === 0 ? [] : [[type, [value, bytes[index]?.value ?? 0]]],
    ),
  );
}

test("counts each type of message", async () => {
  const frames = [
    encodeFrame(encodeStep1(Uint8Array.of(0))),
    encodeFrame(encodeStep2(Uint8Array.of(0, 0))),
    encodeFrame(encodeUpdate(Uint8Array.of(1, 2, 3))),
    encodeFrame(encodeAwareness(writeAwarenessUpdate([]))),
    encodeDurableFrame(1, 2n),
    encodeFrame(encodeEvent({ type: "draining" })),
  ];
  const sizes = frames.map(({ length }) => length);
  expect(await counted(frames)).toEqual(
    Object.fromEntries(
      ["step1", "step2", "update", "awareness", "durable", "event"].map((type, index) => [
        type,
        [1, sizes[index]],
      ]),
    ),
  );
});

test.each([
  0, 1, 100, 120, 121, 122, 123, 124, 125, 126, 127, 1000, 16_384, 16_385, 65_535, 65_536, 1_000_000,
])("counts an update of %i bytes as one message, whole or in parts", async (size) => {
  const frame = encodeUpdateFrame(randomBytes(size));
  const bytes = frame.reduce((sum, { length }) => sum + length, 0);
  expect(await counted([...frame, ...frame])).toEqual({ update: [2, 2 * bytes] });
});

test.each([1, 5, 125, 126, 5000, 70_000])(
  "counts a compressed one of %i bytes as one message",
  async (size) => {
    const frame = encodeDeflatedFrame(randomBytes(size));
    const bytes = frame.reduce((sum, { length }) => sum + length, 0);
    expect(await counted([...frame, ...frame])).toEqual({ update: [2, 2 * bytes] });
  },
);

test("counts nothing where nobody wants to know", () => {
  const { traffic } = createMetrics(new Set());
  traffic.sent = () => expect.fail("something was counted");
  countSent([encodeDurableFrame(1, 2n)], traffic);
  countSentFrame(encodeDurableFrame(1, 2n), traffic);
});
