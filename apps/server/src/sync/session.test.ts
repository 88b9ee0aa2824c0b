import { EventEmitter } from "node:events";
import {
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  readDurable,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import fc from "fast-check";
import * as decoding from "lib0/decoding";
import { pino } from "pino";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import * as Y from "yjs";
import { contentOf, docOf, editsTogether, updatesOf } from "../testing/edits";
import { turn } from "../testing/hand-log";
import { poison } from "../testing/poison";
import { createRoom, type RoomUnderTest } from "../testing/room-of";
import { Session } from "./session";

/** The server's end of a WebSocket: a test is the client. */
class FakeWebSocket extends EventEmitter {
  readonly sent: Uint8Array[] = [];
  readonly closed: (readonly [code: number, reason: string])[] = [];
  bufferedAmount = 0;

  send(frame: Uint8Array): void {
    this.sent.push(frame);
  }

  close(code: number, reason: string): void {
    this.closed.push([code, reason]);
  }

  /** A frame arrives, in memory that is used again afterwards. */
  receive(frame: Uint8Array, isBinary = true): void {
    const memory = Buffer.from(frame);
    this.emit("message", memory, isBinary);
    memory.fill(0xff);
  }

  /** What was sent since the last call, each message by its kind, with what matters of it. */
  takeSent(): unknown[] {
    return this.sent.splice(0).map(describe);
  }
}

function describe(frame: Uint8Array): unknown {
  const decoder = decoding.createDecoder(frame);
  const type = decoding.readVarUint(decoder);
  if (type === 1) return "awareness";
  if (type === 100) return { acknowledged: readDurable(decoder).messages };
  if (type === 101) return { event: JSON.parse(decoding.readVarString(decoder)) };
  const kind = ["step1", "step2", "update"][decoding.readVarUint(decoder)];
  return kind;
}

function connect(roomUnderTest: RoomUnderTest, { extended = true } = {}) {
  const socket = new FakeWebSocket();
  const session = new Session({
    socket: socket as unknown as WebSocket,
    room: roomUnderTest.room,
    author: new Uint8Array(16).fill(7),
    extended,
    sendBufferBytesMax: 1000,
    metrics: roomUnderTest.metrics,
    logger: pino({ level: "silent" }),
  });
  session.start();
  return { socket, session };
}

/** A connection that has shaken hands with an empty document. */
function connectSynced(roomUnderTest: RoomUnderTest) {
  const connection = connect(roomUnderTest);
  connection.socket.receive(encodeStep1(Y.encodeStateVector(new Y.Doc())));
  connection.socket.takeSent();
  return connection;
}

/** The updates of somebody who types three letters, one by one. */
function threeLetters(): [Uint8Array, Uint8Array, Uint8Array] {
  const updates: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const letter of "abc") doc.getText("content").insert(0, letter);
  const [a, b, c] = updates;
  if (a === undefined || b === undefined || c === undefined) return expect.fail("three updates were made");
  return [a, b, c];
}

function textOf({ log }: RoomUnderTest): string {
  return docOf(log.entries.map(({ payload }) => payload))
    .getText("content")
    .toString();
}

/** How many of the updates change a document that takes them one by one. */
function changesOf(updates: readonly Uint8Array[]): number {
  const doc = new Y.Doc();
  let changes = 0;
  doc.on("update", () => {
    changes++;
  });
  for (const update of updates) Y.applyUpdate(doc, update);
  return changes;
}

test("asks a newcomer for what it has, and answers its step 1 with everything, step 2 last", () => {
  const under = createRoom();
  const ada = connect(under);
  expect(ada.socket.takeSent()).toEqual(["step1"]);
  for (const update of threeLetters()) ada.socket.receive(encodeUpdate(update));

  const grace = connect(under);
  grace.socket.receive(encodeStep1(Y.encodeStateVector(new Y.Doc())));
  expect(grace.socket.takeSent()).toEqual(["step1", "update", "update", "update", "step2"]);
});

test("relays nothing to a client before its step 1 was answered, and everything from then on", () => {
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connect(under)];
  const [a, b] = threeLetters();
  ada.socket.receive(encodeUpdate(a));
  expect(grace.socket.takeSent()).toEqual(["step1"]);
  grace.socket.receive(encodeStep1(Uint8Array.of(0)));
  ada.socket.receive(encodeUpdate(b));
  expect(grace.socket.takeSent()).toEqual(["update", "step2", "update"]);
});

test("acknowledges messages by their number, only when they are on disk", async () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const [a, b, c] = threeLetters();
  socket.receive(encodeStep2(a));
  socket.receive(encodeUpdate(b));
  await turn();
  expect(socket.takeSent()).toEqual([]);
  await under.log.commit();
  expect(socket.takeSent()).toEqual([{ acknowledged: 2 }]);
  socket.receive(encodeUpdate(c));
  await under.log.commit();
  expect(socket.takeSent()).toEqual([{ acknowledged: 3 }]);
});

test("counts, acknowledges and does not write again what is known", async () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const [a] = threeLetters();
  socket.receive(encodeUpdate(a));
  await under.log.commit();
  socket.takeSent();
  socket.receive(encodeUpdate(a));
  socket.receive(encodeStep2(Uint8Array.of(0, 0)));
  expect(socket.takeSent()).toEqual([{ acknowledged: 2 }, { acknowledged: 3 }]);
  expect(under.log.entries).toHaveLength(1);
});

test("does not acknowledge what is known before it is durable", async () => {
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connectSynced(under)];
  const [a] = threeLetters();
  ada.socket.receive(encodeUpdate(a));
  grace.socket.takeSent();
  grace.socket.receive(encodeUpdate(a));
  expect(grace.socket.takeSent()).toEqual([]);
  await under.log.commit();
  expect(grace.socket.takeSent()).toEqual([{ acknowledged: 1 }]);
});

test("speaks to stock clients as y-websocket's server does: no acknowledgements, no events", async () => {
  const under = createRoom();
  const { socket } = connect(under, { extended: false });
  const [a] = threeLetters();
  socket.receive(encodeStep2(a));
  under.room.announce({ type: "draining" });
  await under.log.commit();
  expect(socket.takeSent()).toEqual(["step1"]);
});

test("tells clients of ours what happens to the document", () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  under.room.announce({ type: "title", title: "Notes" });
  expect(socket.takeSent()).toEqual([{ event: { type: "title", title: "Notes" } }]);
});

test("holds updates that follow on edits which have not arrived, until step 2 brings them", async () => {
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connectSynced(under)];
  const [a, b, c] = threeLetters();
  ada.socket.receive(encodeUpdate(b));
  ada.socket.receive(encodeUpdate(c));
  await turn();
  expect([under.log.entries.length, ada.socket.takeSent(), grace.socket.takeSent()]).toEqual([0, [], []]);
  // The client answers the step 1 of the beginning with all it has.
  ada.socket.receive(encodeStep2(Y.mergeUpdates([a, b, c])));
  expect(grace.socket.takeSent()).toEqual(["update"]);
  await under.log.commit();
  expect(ada.socket.takeSent()).toEqual([{ acknowledged: 3 }]);
  expect(textOf(under)).toBe("cba");
});

test("takes held updates up when step 2 fills only the gap before them", async () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const [a, b, c] = threeLetters();
  socket.receive(encodeUpdate(b));
  socket.receive(encodeUpdate(c));
  socket.receive(encodeStep2(a));
  await under.log.commit();
  expect([socket.takeSent(), under.log.entries.length, textOf(under)]).toEqual([
    [{ acknowledged: 3 }],
    3,
    "cba",
  ]);
});

test("acknowledges what came before a held update, and not the update", async () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const [a, b, c] = threeLetters();
  socket.receive(encodeStep2(a));
  socket.receive(encodeUpdate(c));
  await under.log.commit();
  // A second step 1 asks for what is missing.
  expect(socket.takeSent()).toEqual(["step1", { acknowledged: 1 }]);
  socket.receive(encodeUpdate(b));
  await under.log.commit();
  expect(socket.takeSent()).toEqual([]);
  socket.receive(encodeStep2(c));
  await under.log.commit();
  expect(socket.takeSent()).toEqual([{ acknowledged: 4 }]);
});

test("closes a client whose updates follow on edits that it never hands over", () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const [, b] = threeLetters();
  socket.receive(encodeUpdate(b));
  socket.receive(encodeStep2(Uint8Array.of(0, 0)));
  expect(socket.closed).toEqual([[4400, "an update follows on edits that were never sent"]]);
  expect(under.log.entries).toEqual([]);
});

test("closes a client that hands over edits which follow on others that it has not", () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const [, b] = threeLetters();
  socket.receive(encodeStep2(b));
  expect(socket.closed).toEqual([[4400, "an update follows on edits that were never sent"]]);
  expect(under.log.entries).toEqual([]);
});

test.each([
  ["an empty frame", Uint8Array.of()],
  ["an unknown type", Uint8Array.of(77)],
  ["a truncated message", Uint8Array.of(0, 2, 9, 1)],
  ["a garbage update", encodeUpdate(Uint8Array.of(1, 2, 3))],
  ["a garbage step 2", encodeStep2(Uint8Array.of(9))],
  ["an update that no client could apply", encodeUpdate(poison)],
  ["a step 2 that no client could apply", encodeStep2(poison)],
  ["a garbage state vector", encodeStep1(Uint8Array.of(3))],
  ["a garbage awareness update", encodeAwareness(Uint8Array.of(4))],
])("closes with 4400 after %s, which harms nobody", async (_what, frame) => {
  const under = createRoom();
  const [ada, mallory] = [connectSynced(under), connectSynced(under)];
  mallory.socket.receive(frame);
  expect(mallory.socket.closed).toEqual([[4400, expect.any(String)]]);
  const { values } = await under.metrics.messagesRejected.get();
  expect(values).toEqual([expect.objectContaining({ labels: { reason: "malformed" }, value: 1 })]);
  await turn();
  expect([under.log.entries, ada.socket.takeSent(), ada.socket.closed]).toEqual([[], [], []]);
});

test("closes with 4400 after a text frame", () => {
  const { socket } = connect(createRoom());
  socket.receive(new TextEncoder().encode("hello"), false);
  expect(socket.closed).toEqual([[4400, "text frames are not accepted"]]);
});

test("closes with 4413 after an awareness state that is too large", () => {
  const { socket } = connect(createRoom());
  const state = JSON.stringify("x".repeat(20_000));
  socket.receive(encodeAwareness(writeAwarenessUpdate([{ client: 1, clock: 1, state }])));
  expect(socket.closed).toEqual([[4413, expect.any(String)]]);
});

test("asks to come back later while the log takes nothing, and acknowledges nothing", () => {
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connectSynced(under)];
  under.log.unavailableBecause = "the disk is full";
  ada.socket.receive(encodeUpdate(threeLetters()[0]));
  expect(ada.socket.closed).toEqual([[1013, "the server cannot write to its disk"]]);
  expect([ada.socket.takeSent(), grace.socket.takeSent(), grace.socket.closed]).toEqual([[], [], []]);
});

test("reads and sends nothing once it is closing", async () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const [a, b] = threeLetters();
  socket.receive(encodeUpdate(a));
  socket.receive(Uint8Array.of(77));
  socket.receive(encodeUpdate(b));
  socket.receive(Uint8Array.of(78));
  await under.log.commit();
  expect([socket.takeSent(), socket.closed.length, under.log.entries.length]).toEqual([[], 1, 1]);
});

test("closes a client that does not read, so that its backlog does not grow without end", () => {
  const under = createRoom();
  const [ada, slow] = [connectSynced(under), connectSynced(under)];
  const [a, b, c] = threeLetters();
  slow.socket.bufferedAmount = 1000;
  ada.socket.receive(encodeUpdate(a));
  expect(slow.socket.closed).toEqual([]);
  slow.socket.bufferedAmount = 1001;
  ada.socket.receive(encodeUpdate(b));
  ada.socket.receive(encodeUpdate(c));
  expect(slow.socket.closed).toEqual([[1013, "the connection does not keep up"]]);
  expect(slow.socket.takeSent()).toEqual(["update", "update"]);
});

test("sends a frame to keep the connection alive only where nothing else was sent since the last time", () => {
  const { socket, session } = connect(createRoom());
  const frame = encodeAwareness(writeAwarenessUpdate([]));
  session.keepAlive(frame);
  expect(socket.takeSent()).toEqual(["step1"]);
  session.keepAlive(frame);
  expect(socket.takeSent()).toEqual(["awareness"]);
  session.keepAlive(frame);
  session.keepAlive(frame);
  expect(socket.takeSent()).not.toHaveLength(0);
});

test("tells others that its clients left when it ends", async () => {
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connectSynced(under)];
  ada.socket.receive(encodeAwareness(writeAwarenessUpdate([{ client: 1, clock: 1, state: "{}" }])));
  await turn();
  grace.socket.takeSent();
  ada.session.end();
  await turn();
  expect([grace.socket.takeSent(), under.room.memberCount]).toEqual([["awareness"], 1]);
});

test("answers a query for awareness with everybody who is here", async () => {
  const under = createRoom();
  const { socket } = connectSynced(under);
  const query = Uint8Array.of(3);
  socket.receive(query);
  expect(socket.takeSent()).toEqual([]);
  socket.receive(encodeAwareness(writeAwarenessUpdate([{ client: 1, clock: 1, state: "{}" }])));
  await turn();
  socket.takeSent();
  socket.receive(query);
  expect(socket.takeSent()).toEqual(["awareness"]);
});

test("writes to the log what makes the whole document, whoever sends which part when, and again", () => {
  const order = fc.array(fc.record({ again: fc.nat(1000), step2: fc.boolean() }), {
    maxLength: 40,
    size: "max",
  });
  fc.assert(
    fc.property(editsTogether, order, (edits, orders) => {
      const under = createRoom();
      const [ada, grace] = [connectSynced(under), connectSynced(under)];
      const updates = updatesOf(edits);
      updates.forEach((update, index) => {
        const { again, step2 } = orders[index] ?? { again: 0, step2: false };
        ada.socket.receive((step2 ? encodeStep2 : encodeUpdate)(update));
        const earlier = updates[again % (index + 1)];
        if (earlier !== undefined) grace.socket.receive(encodeUpdate(earlier));
      });
      expect(contentOf(docOf(under.log.entries.map(({ payload }) => payload)))).toEqual(
        contentOf(docOf(updates)),
      );
      // Two authors may have deleted the same, and what has been deleted is not deleted again.
      expect(under.log.entries).toHaveLength(changesOf(updates));
      expect([ada.socket.closed, grace.socket.closed]).toEqual([[], []]);
    }),
    { numRuns: 60 },
  );
});
