import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { writeSyncStep1, writeSyncStep2, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import { protocolErrorOf } from "../test/protocol-error-of";
import { readClientMessage } from "./client-message";
import { MessageType } from "./message-type";
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "./server-message";

const bytes = fc.uint8Array({ maxLength: 300 });
const queryAwareness = Uint8Array.of(MessageType.queryAwareness);

/** A frame as y-websocket builds it. */
function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });
}

/** `bytes` amid others in a larger buffer, as sockets hand out frames. */
function amid(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length + 64).fill(1);
  larger.set(bytes, 7);
  return larger.subarray(7, 7 + bytes.length);
}

test("reads what y-protocols writes", () => {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "written by Ada");
  const awareness = new Awareness(doc);
  awareness.setLocalState({ user: { name: "Ada" } });
  const state = Y.encodeStateAsUpdate(doc);
  const presence = encodeAwarenessUpdate(awareness, [doc.clientID]);

  expect(readClientMessage(frame(0, (encoder) => writeSyncStep1(encoder, doc)))).toEqual({
    type: "step1",
    stateVector: Y.encodeStateVector(doc),
  });
  expect(readClientMessage(frame(0, (encoder) => writeSyncStep2(encoder, doc)))).toEqual({
    type: "step2",
    update: state,
  });
  expect(readClientMessage(frame(0, (encoder) => writeUpdate(encoder, state)))).toEqual({
    type: "update",
    update: state,
  });
  expect(readClientMessage(frame(1, (encoder) => encoding.writeVarUint8Array(encoder, presence)))).toEqual({
    type: "awareness",
    update: presence,
  });
  expect(readClientMessage(frame(3, () => {}))).toEqual({ type: "queryAwareness" });
  awareness.destroy();
});

test("reads any bytes in each kind of message, wherever the frame lies in memory", () => {
  fc.assert(
    fc.property(bytes, (update) => {
      expect(readClientMessage(amid(encodeStep1(update)))).toEqual({ type: "step1", stateVector: update });
      expect(readClientMessage(amid(encodeStep2(update)))).toEqual({ type: "step2", update });
      expect(readClientMessage(amid(encodeUpdate(update)))).toEqual({ type: "update", update });
      expect(readClientMessage(amid(encodeAwareness(update)))).toEqual({ type: "awareness", update });
    }),
  );
});

test("refuses every truncation of a message, and every byte too many", () => {
  fc.assert(
    fc.property(bytes, fc.nat(255), (payload, extra) => {
      const frames = [encodeStep1, encodeStep2, encodeUpdate, encodeAwareness].map((encode) =>
        encode(payload),
      );
      for (const whole of [...frames, queryAwareness]) {
        for (let length = 0; length < whole.length; length++) {
          const truncated = amid(whole).subarray(0, length);
          expect(protocolErrorOf(() => readClientMessage(truncated)).code).toBe("MALFORMED");
        }
        const extended = Uint8Array.of(...whole, extra);
        expect(protocolErrorOf(() => readClientMessage(extended)).code).toBe("MALFORMED");
      }
    }),
    { numRuns: 30 },
  );
});

test("refuses kinds of message that a client may not send, with the close code for malformed ones", () => {
  for (const type of [MessageType.auth, MessageType.durable, MessageType.event, 4, 99, 102, 2 ** 40]) {
    const error = protocolErrorOf(() => readClientMessage(frame(type, () => {})));
    expect([error.message, error.closeCode]).toEqual([`unknown message type ${type}`, 4400]);
  }
});

test("refuses kinds of sync message that y-protocols does not have", () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: Number.MAX_SAFE_INTEGER }), (type) => {
      const unknown = frame(MessageType.sync, (encoder) => encoding.writeVarUint(encoder, type));
      const error = protocolErrorOf(() => readClientMessage(unknown));
      expect([error.code, error.message]).toEqual(["MALFORMED", `unknown sync message type ${type}`]);
    }),
  );
});

test("answers arbitrary bytes with a message or with MALFORMED, nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40, max: 130 }), (garbage) => {
      try {
        expect(readClientMessage(garbage).type).toMatch(/^(step1|step2|update|awareness|queryAwareness)$/);
      } catch (error) {
        expect(error).toMatchObject({ name: "ProtocolError", code: "MALFORMED" });
      }
    }),
    { numRuns: 2000 },
  );
});
