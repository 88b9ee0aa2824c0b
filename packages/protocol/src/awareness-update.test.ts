import fc from "fast-check";
import { expect, test } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { protocolErrorOf } from "../test/protocol-error-of";
import { readAwarenessUpdate, writeAwarenessUpdate } from "./awareness-update";
import { ProtocolError } from "./protocol-error";

const entry = fc.record({
  client: fc.nat({ max: 2 ** 32 - 1 }),
  clock: fc.nat({ max: 2 ** 40 }),
  state: fc.oneof(fc.constant("null"), fc.json()),
});

test("reads back what it wrote", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
      expect(readAwarenessUpdate(writeAwarenessUpdate(entries))).toEqual(entries);
    }),
  );
});

test("reads and writes the very bytes of y-protocols", () => {
  const ada = new Awareness(new Y.Doc());
  const grace = new Awareness(new Y.Doc());
  ada.setLocalState({ user: { name: "Ada" } });
  grace.setLocalState({ user: { name: "Grace" }, cursor: null });
  applyAwarenessUpdate(ada, encodeAwarenessUpdate(grace, [grace.clientID]), "test");
  const bytes = encodeAwarenessUpdate(ada, [ada.clientID, grace.clientID]);
  ada.destroy();
  grace.destroy();

  expect(readAwarenessUpdate(bytes)).toEqual([
    { client: ada.clientID, clock: 1, state: '{"user":{"name":"Ada"}}' },
    { client: grace.clientID, clock: 1, state: '{"user":{"name":"Grace"},"cursor":null}' },
  ]);
  expect(writeAwarenessUpdate(readAwarenessUpdate(bytes))).toEqual(bytes);
});

test("is understood by y-protocols, also that a client has left", () => {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  applyAwarenessUpdate(
    awareness,
    writeAwarenessUpdate([
      { client: 7, clock: 3, state: '{"name":"Ada"}' },
      { client: 8, clock: 1, state: "{}" },
    ]),
    "test",
  );
  expect(awareness.getStates().get(7)).toEqual({ name: "Ada" });
  applyAwarenessUpdate(awareness, writeAwarenessUpdate([{ client: 7, clock: 3, state: "null" }]), "test");
  expect([...awareness.getStates().keys()].sort()).toEqual([8, doc.clientID].sort());
  awareness.destroy();
});

test("refuses every truncation, and every byte too many, also within a larger buffer", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 3 }), fc.nat(255), (entries, extra) => {
      const whole = writeAwarenessUpdate(entries);
      const within = Uint8Array.of(...whole, extra, ...whole);
      for (let length = 0; length <= whole.length + 1; length++) {
        if (length === whole.length) continue;
        const wrong = within.subarray(0, length);
        expect(protocolErrorOf(() => readAwarenessUpdate(wrong)).code).toBe("MALFORMED");
      }
    }),
    { numRuns: 30 },
  );
});

test("refuses a count that the bytes do not bear out, and text that is no UTF-8", () => {
  const countOnly = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f);
  const notUtf8 = Uint8Array.of(1, 7, 1, 2, 0xc3, 0x28);
  for (const update of [countOnly, notUtf8]) {
    expect(protocolErrorOf(() => readAwarenessUpdate(update)).code).toBe("MALFORMED");
  }
});

test("gives only what is wanted, and still refuses what is malformed elsewhere", () => {
  const update = writeAwarenessUpdate([
    { client: 1, clock: 1, state: '{"name":"Ada"}' },
    { client: 2, clock: 7, state: "null" },
    { client: 3, clock: 2, state: '"null"' },
  ]);
  const asked: unknown[] = [];
  const entries = readAwarenessUpdate(update, (client, clock, left) => {
    asked.push([client, clock, left]);
    return client === 3;
  });
  expect(entries).toEqual([{ client: 3, clock: 2, state: '"null"' }]);
  expect(asked).toEqual([
    [1, 1, false],
    [2, 7, true],
    [3, 2, false],
  ]);
  const nothing = () => false;
  for (let bytes = 0; bytes < update.length; bytes++) {
    expect(() => readAwarenessUpdate(update.subarray(0, bytes), nothing)).toThrow(ProtocolError);
  }
  expect(() => readAwarenessUpdate(Uint8Array.of(...update, 0), nothing)).toThrow(ProtocolError);
});
