import {
  encodeAwareness,
  encodeDurable,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from "@scriptorium/protocol";
import { expect, test } from "vitest";
import { hocuspocusDialect } from "./dialect";
import { readServerMessages } from "./server-messages";

/** What was read, message by message. */
function readAll(frame: Uint8Array, prefixLength = 0): unknown[] {
  const messages: unknown[] = [];
  readServerMessages(frame, prefixLength, {
    step1: (stateVector) => messages.push(["step1", ...stateVector]),
    step2: (update) => messages.push(["step2", ...update]),
    update: (update) => messages.push(["update", ...update]),
    awareness: (update) => messages.push(["awareness", ...update]),
    durable: (count, revision) => messages.push(["durable", count, revision]),
    event: (json) => messages.push(["event", json]),
    syncStatus: (saved) => messages.push(["syncStatus", saved]),
  });
  return messages;
}

test("reads every message of a frame that holds several", () => {
  const frame = Buffer.concat([
    encodeStep1(Uint8Array.of(1)),
    encodeUpdate(Uint8Array.of(2, 3)),
    encodeAwareness(Uint8Array.of(4)),
    encodeDurable(300, 2n ** 63n + 1n),
    encodeStep2(Uint8Array.of(5)),
  ]);
  expect(readAll(frame)).toEqual([
    ["step1", 1],
    ["update", 2, 3],
    ["awareness", 4],
    ["durable", 300, 2n ** 63n + 1n],
    ["step2", 5],
  ]);
});

test("reads what stands behind the document's name in Hocuspocus", () => {
  const prefix = hocuspocusDialect.prefix("notes");
  const saved = Buffer.concat([prefix, Uint8Array.of(8, 1)]);
  const update = Buffer.concat([prefix, encodeUpdate(Uint8Array.of(2))]);
  expect([saved, update].map((frame) => readAll(frame, prefix.length))).toEqual([
    [["syncStatus", true]],
    [["update", 2]],
  ]);
});

test("passes over messages of kinds that the load does not need", () => {
  expect(readAll(Uint8Array.of(2, 2, 0))).toEqual([]);
});

test("refuses a message that is cut off", () => {
  expect(() => readAll(encodeUpdate(Uint8Array.of(1, 2, 3)).subarray(0, 4))).toThrow(RangeError);
});
