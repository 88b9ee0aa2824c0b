import {
  encodeAwareness,
  encodeDurable,
  encodeEvent,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from "@scriptorium/protocol";
import { expect, test } from "vitest";
import { planFrame, readServerFrame } from "./server-frame";

const a = Uint8Array.of(1, 2, 3);
const b = Uint8Array.of(4);
const joined = { type: "joined", epoch: "E", resumed: true } as const;
const title = { type: "title", title: "Notes" } as const;

function frame(...messages: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((message) => [...message]));
}

const plan = (...messages: readonly Uint8Array[]) =>
  planFrame(readServerFrame(frame(...messages))).map(({ texts, others }) => [
    texts.map(({ update }) => update),
    others.map(({ type }) => type),
  ]);

test("reads every kind of message, one after another", () => {
  const queryAwareness = Uint8Array.of(3);
  const auth = Uint8Array.of(2, 0, 2, 110, 111);
  const messages = readServerFrame(
    frame(
      encodeEvent(joined),
      encodeStep1(a),
      encodeUpdate(a),
      encodeStep2(b),
      encodeAwareness(b),
      auth,
      queryAwareness,
      encodeDurable(7, 9n),
      encodeEvent(title),
    ),
  );
  expect(messages).toEqual([
    { type: "event", event: joined },
    { type: "step1", stateVector: a },
    { type: "update", update: a },
    { type: "step2", update: b },
    { type: "plain", messageType: 1, payload: Uint8Array.of(1, 4) },
    { type: "plain", messageType: 2, payload: Uint8Array.of(0, 2, 110, 111) },
    { type: "plain", messageType: 3, payload: new Uint8Array() },
    { type: "durable", messages: 7, revision: 9n },
    { type: "event", event: title },
  ]);
});

test("ignores the rest from a kind on that it does not know, and reports one that is cut off", () => {
  expect(readServerFrame(frame(encodeUpdate(a), Uint8Array.of(110, 1, 2)))).toHaveLength(1);
  expect(readServerFrame(frame(encodeUpdate(a), Uint8Array.of(0, 9, 1, 2)))).toHaveLength(1);
  expect(() => readServerFrame(encodeUpdate(a).subarray(0, 4))).toThrow();
});

test("brings all texts into one step, before what is said among them", () => {
  expect(
    plan(encodeUpdate(a), encodeAwareness(b), encodeUpdate(b), encodeDurable(1, 1n), encodeStep2(a)),
  ).toEqual([
    [
      [a, b, a],
      ["plain", "durable"],
    ],
  ]);
});

test("lets no text overtake a question, a quiet note, or the opening", () => {
  expect(plan(encodeEvent(joined), encodeStep1(a), encodeUpdate(a), encodeUpdate(b))).toEqual([
    [[], ["event", "step1"]],
    [[a, b], []],
  ]);
  expect(plan(encodeUpdate(a), encodeDurable(0, 1n), encodeUpdate(b))).toEqual([
    [[a], ["durable"]],
    [[b], []],
  ]);
});
