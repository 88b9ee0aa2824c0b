import fc from "fast-check";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { writeSyncStep1, writeSyncStep2, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import { decodeEventJson } from "./document-event";
import { readDurable } from "./durable";
import {
  emptyUpdate,
  encodeAwareness,
  encodeDurable,
  encodeEvent,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from "./server-message";

function writtenDocument(): Y.Doc {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, "one two three");
  text.delete(3, 4);
  return doc;
}

/** What y-websocket sends: the message type, then what y-protocols writes. */
function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    write(encoder);
  });
}

test("writes sync messages exactly as y-protocols does", () => {
  const doc = writtenDocument();
  const state = Y.encodeStateAsUpdate(doc);
  expect(encodeStep1(Y.encodeStateVector(doc))).toEqual(syncFrame((encoder) => writeSyncStep1(encoder, doc)));
  expect(encodeStep2(state)).toEqual(syncFrame((encoder) => writeSyncStep2(encoder, doc)));
  expect(encodeUpdate(state)).toEqual(syncFrame((encoder) => writeUpdate(encoder, state)));
});

test("writes awareness messages exactly as y-websocket does", () => {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.setLocalState({ user: { name: "Grace", colour: "#ab1234" } });
  const update = encodeAwarenessUpdate(awareness, [doc.clientID]);
  awareness.destroy();
  const expected = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, update);
  });
  expect(encodeAwareness(update)).toEqual(expected);
});

test("has the same empty update as an empty document", () => {
  expect(emptyUpdate).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
});

test("lays a durable message out as type, number of messages, and revision in big-endian", () => {
  expect(encodeDurable(300, 0x0102_0304_0506_0708n)).toEqual(
    Uint8Array.of(100, 0xac, 0x02, 1, 2, 3, 4, 5, 6, 7, 8),
  );
});

test("reads back every durable message it wrote, up to the largest revision", () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.uint8Array({ maxLength: 5 }),
      (messages, revision, next) => {
        const decoder = decoding.createDecoder(Uint8Array.of(...encodeDurable(messages, revision), ...next));
        expect(decoding.readVarUint(decoder)).toBe(100);
        expect(readDurable(decoder)).toEqual({ messages, revision });
        // A frame may hold several messages: reading one stops where it ends.
        expect(decoding.readTailAsUint8Array(decoder)).toEqual(next);
      },
    ),
  );
});

test("refuses every truncation of a durable message", () => {
  const whole = encodeDurable(70_000, 2n ** 63n);
  for (let length = 1; length < whole.length; length++) {
    const decoder = decoding.createDecoder(whole.slice(0, length));
    decoding.readVarUint(decoder);
    expect(() => readDurable(decoder)).toThrow(expect.objectContaining({ code: "MALFORMED" }));
  }
});

test("writes an event as type and JSON, which reads back", () => {
  const event = { type: "title", title: "Zwölf “Äpfel” 🍎" } as const;
  const decoder = decoding.createDecoder(encodeEvent(event));
  expect(decoding.readVarUint(decoder)).toBe(101);
  expect(decodeEventJson(decoding.readVarString(decoder))).toEqual(event);
  expect(decoding.hasContent(decoder)).toBe(false);
});
