import type { Socket } from "node:net";
import { Writable } from "node:stream";
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
import { afterEach, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import * as Y from "yjs";
import { checkpointOf } from "../testing/checkpoint-of";
import { contentOf, docOf, editsTogether, updatesOf } from "../testing/edits";
import { turn } from "../testing/hand-log";
import { poison } from "../testing/poison";
import { readFrames } from "../testing/read-frames";
import { createRoom, type RoomUnderTest } from "../testing/room-of";
import { encodeFrame } from "./frame";
import { Outbox } from "./outbox";
import { Resumption } from "./resumption";
import type { Room } from "./room";
import { Session, type SessionLimits } from "./session";

afterEach(() => {
  vi.useRealTimers();
});

/** The way to a client that reads only as long as a test lets it. */
class FakeStream extends Writable {
  readonly chunks: Buffer[] = [];
  #stalled: (() => void)[] | undefined;

  constructor() {
    super({ highWaterMark: 512 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    if (this.#stalled === undefined) done();
    else this.#stalled.push(done);
  }

  stall(): void {
    this.#stalled = [];
  }

  /** Reads all that waits, and what comes from now on. */
  flow(): void {
    const stalled = this.#stalled ?? [];
    this.#stalled = undefined;
    for (const done of stalled) done();
  }
}

/** The server's end of a WebSocket: a test is the client. */
class FakeWebSocket {
  readonly closed: (readonly [code: number, reason: string])[] = [];
  readonly stream = new FakeStream();
  readonly OPEN = 1;
  readyState = 1;
  readonly outbox = new Outbox(this.stream as unknown as Socket);
  extensions = "";
  isPaused = false;
  session: Session | undefined;
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  close(code: number, reason: string): void {
    this.closed.push([code, reason]);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  /** A frame arrives, in memory that is used again afterwards. */
  receive(frame: Uint8Array, isBinary = true): void {
    const memory = Buffer.from(frame);
    this.session?.receive(memory, isBinary);
    memory.fill(0xff);
  }

  /** The messages that were sent since the last call, this turn's included. */
  takeMessages(): Uint8Array[] {
    this.#room.relay();
    return readFrames(this.stream.chunks.splice(0));
  }

  /** The same, each message by its kind, with what matters of it. */
  takeSent(): unknown[] {
    return this.takeMessages().map(describe);
  }
}

function describe(frame: Uint8Array): unknown {
  const decoder = decoding.createDecoder(frame);
  const type = decoding.readVarUint(decoder);
  if (type === 1) return "awareness";
  if (type === 100) return { acknowledged: readDurable(decoder).messages };
  if (type === 101) {
    const event = JSON.parse(decoding.readVarString(decoder));
    return event.type === "joined" ? "joined" : { event };
  }
  const kind = ["step1", "step2", "update"][decoding.readVarUint(decoder)];
  return kind;
}

const generous: SessionLimits = {
  sendBufferBytes: 1000,
  messagesPerSecond: 1000,
  bytesPerSecond: 1_000_000,
  documentBytesMax: 1_000_000,
};

interface Connecting {
  readonly extended?: boolean;
  readonly limits?: Partial<SessionLimits>;
  readonly resumption?: Resumption | undefined;
}

function connect(under: RoomUnderTest, { extended = true, limits = {}, resumption }: Connecting = {}) {
  const { room, metrics } = under;
  const socket = new FakeWebSocket(room);
  const session = new Session(
    { socket: socket as unknown as WebSocket, outbox: socket.outbox, room, extended, resumption },
    {
      metrics,
      logger: pino({ level: "silent" }),
      limits: { ...generous, ...limits },
      mintAuthor: () => new Uint8Array(16).fill(7),
    },
  );
  socket.session = session;
  session.start();
  return { socket, session };
}

/** A connection that has shaken hands with an empty document. */
function connectSynced(under: RoomUnderTest, options: Connecting = {}) {
  const connection = connect(under, options);
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
  expect(ada.socket.takeSent()).toEqual(["joined", "step1"]);
  for (const update of threeLetters()) ada.socket.receive(encodeUpdate(update));

  const grace = connect(under);
  grace.socket.receive(encodeStep1(Y.encodeStateVector(new Y.Doc())));
  expect(grace.socket.takeSent()).toEqual(["joined", "step1", "update", "step2"]);
});

test("relays nothing to a client before its step 1 was answered, and everything from then on", () => {
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connect(under)];
  const [a, b] = threeLetters();
  ada.socket.receive(encodeUpdate(a));
  expect(grace.socket.takeSent()).toEqual(["joined", "step1"]);
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
  expect(values.filter(({ value }) => value > 0)).toEqual([
    expect.objectContaining({ labels: { reason: "malformed" }, value: 1 }),
  ]);
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

/** Lets Ada type until a client that does not read has fallen behind; gives what she typed. */
function typeUntilBehind(socket: FakeWebSocket, slow: FakeWebSocket, count = 200): Y.Doc {
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => socket.receive(encodeUpdate(update)));
  slow.stream.stall();
  for (let letter = 0; letter < count; letter++) {
    doc.getText("content").insert(letter, "x");
    socket.takeMessages();
  }
  return doc;
}

function applyMessages(messages: readonly Uint8Array[]): Y.Doc {
  const replica = new Y.Doc();
  for (const message of messages) {
    const decoder = decoding.createDecoder(message);
    if (decoding.readVarUint(decoder) !== 0 || decoding.readVarUint(decoder) === 0) continue;
    Y.applyUpdate(replica, decoding.readVarUint8Array(decoder));
  }
  return replica;
}

test("keeps nothing in memory for a client that does not read, and sends it everything once it does", async () => {
  const under = createRoom();
  const [ada, slow] = [connectSynced(under), connectSynced(under)];
  const typed = typeUntilBehind(ada.socket, slow.socket);
  expect(slow.socket.outbox.waitingBytes).toBeLessThan(1100);
  await under.log.commit();
  const read = slow.socket.stream;
  const messages = readFrames(read.chunks.splice(0));
  read.flow();
  await turn();
  messages.push(...slow.socket.takeMessages());
  expect(contentOf(applyMessages(messages))).toEqual(contentOf(typed));
  const { values } = await under.metrics.connectionsBehind.get();
  expect([values[0]?.value, slow.socket.closed]).toEqual([1, []]);
});

test("reads out of the log what a checkpoint has taken in while a client was behind", async () => {
  const under = createRoom();
  const [ada, slow] = [connectSynced(under), connectSynced(under)];
  const typed = typeUntilBehind(ada.socket, slow.socket);
  await under.log.commit();
  under.room.rebase(checkpointOf(typed, under.room.position));
  expect(under.room.content.tailBytes).toBe(0);
  const messages = readFrames(slow.socket.stream.chunks.splice(0));
  slow.socket.stream.flow();
  await turn();
  await turn();
  typed.getText("content").insert(0, "and more");
  messages.push(...slow.socket.takeMessages());
  expect(contentOf(applyMessages(messages))).toEqual(contentOf(typed));
});

test("tells a client that is behind no revision beyond what it was sent", async () => {
  const under = createRoom();
  const [ada, slow] = [connectSynced(under), connectSynced(under)];
  typeUntilBehind(ada.socket, slow.socket);
  slow.socket.receive(encodeStep2(Uint8Array.of(0, 0)));
  await under.log.commit();
  slow.socket.stream.flow();
  const acknowledgements = readFrames(slow.socket.stream.chunks).flatMap((message) => {
    const decoder = decoding.createDecoder(message);
    return decoding.readVarUint(decoder) === 100 ? [readDurable(decoder)] : [];
  });
  expect(acknowledgements).toEqual([{ messages: 1, revision: 0n }]);
});

test("does not read a client for a while that sends too fast, and loses nothing of it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    const under = createRoom();
    const { socket } = connectSynced(under, { limits: { messagesPerSecond: 1 } });
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => socket.receive(encodeUpdate(update)));
    // The step 1 was the first of thirty.
    for (let letter = 0; letter < 29; letter++) doc.getText("content").insert(0, "x");
    expect(socket.isPaused).toBe(false);
    doc.getText("content").insert(0, "yz");
    expect(socket.isPaused).toBe(true);
    // What had come in one piece with it: two more seconds' worth.
    for (const letter of "ab") doc.getText("content").insert(0, letter);
    vi.advanceTimersByTime(2900);
    expect(socket.isPaused).toBe(true);
    vi.advanceTimersByTime(200);
    expect(socket.isPaused).toBe(false);
    expect(textOf(under)).toBe(doc.getText("content").toString());
  } finally {
    vi.useRealTimers();
  }
});

test("takes no insertion into a document that is full, but deletions", () => {
  const under = createRoom();
  const ada = connectSynced(under, { limits: { documentBytesMax: 50 } });
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => ada.socket.receive(encodeUpdate(update)));
  doc.getText("content").insert(0, "x".repeat(100));
  doc.getText("content").delete(0, 50);
  expect([ada.socket.closed, under.log.entries.length]).toEqual([[], 2]);
  doc.getText("content").insert(0, "x");
  expect(ada.socket.closed).toEqual([[4413, expect.stringMatching(/^the document is full/)]]);
  expect(under.log.entries).toHaveLength(2);
});

test("says that a document is read-only and why, and takes nothing new", () => {
  const under = createRoom(0n, "a part of it is damaged");
  const { socket } = connect(under);
  expect(socket.takeSent()).toEqual([
    "joined",
    { event: { type: "permission", access: "read", reason: "a part of it is damaged", code: "DAMAGED" } },
    "step1",
  ]);
  socket.receive(encodeStep2(Uint8Array.of(0, 0)));
  expect(socket.takeSent()).toEqual([{ acknowledged: 1 }]);
  socket.receive(encodeUpdate(threeLetters()[0]));
  expect(socket.closed).toEqual([[4403, "a part of it is damaged"]]);
  expect(under.log.entries).toEqual([]);
});

test("sends nothing behind a close frame, also where the client has sent it", () => {
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connectSynced(under)];
  grace.socket.readyState = 2;
  ada.socket.receive(encodeUpdate(threeLetters()[0]));
  expect(grace.socket.takeSent()).toEqual([]);
});

test("sends a frame to keep the connection alive only where nothing else was sent since the last time", () => {
  const { socket, session } = connect(createRoom());
  const frame = encodeFrame(encodeAwareness(writeAwarenessUpdate([])));
  session.keepAlive(frame);
  expect(socket.takeSent()).toEqual(["joined", "step1"]);
  session.keepAlive(frame);
  expect(socket.takeSent()).toEqual(["awareness"]);
  session.keepAlive(frame);
  session.keepAlive(frame);
  expect(socket.takeSent()).not.toHaveLength(0);
});

test("tells others that its clients left when it ends", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const under = createRoom();
  const [ada, grace] = [connectSynced(under), connectSynced(under)];
  ada.socket.receive(encodeAwareness(writeAwarenessUpdate([{ client: 1, clock: 1, state: "{}" }])));
  vi.advanceTimersByTime(1000);
  grace.socket.takeSent();
  ada.session.end();
  vi.advanceTimersByTime(1000);
  expect([grace.socket.takeSent(), under.room.memberCount]).toEqual([["awareness"], 1]);
});

test("answers a query for awareness with everybody who is here", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const under = createRoom();
  const { socket } = connectSynced(under);
  const query = Uint8Array.of(3);
  socket.receive(query);
  expect(socket.takeSent()).toEqual([]);
  socket.receive(encodeAwareness(writeAwarenessUpdate([{ client: 1, clock: 1, state: "{}" }])));
  vi.advanceTimersByTime(1000);
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

test("lets go of what a returning client lacked once that was sent", () => {
  const resumption = new Resumption([], 0);
  const missing = vi.spyOn(resumption, "missing");
  const { socket } = connect(createRoom(), { resumption });
  for (let asked = 0; asked < 2; asked++) socket.receive(encodeStep1(Y.encodeStateVector(new Map())));
  expect(missing).toHaveBeenCalledOnce();
});

test("tells who has edited and how much, each edit once", async () => {
  const under = createRoom();
  const { socket, session } = connectSynced(under);
  const [a, b, c] = threeLetters();
  expect(session.takeEdits()).toBe(0);
  for (const update of [a, b, b]) socket.receive(encodeUpdate(update));
  // What was known already is no edit.
  expect([session.takeEdits(), session.takeEdits()]).toEqual([2, 0]);
  expect(session.editor).toBe(session.connectionId);
  const state = '{"user":{"id":"ada"}}';
  socket.receive(encodeAwareness(writeAwarenessUpdate([{ client: 1, clock: 1, state }])));
  socket.receive(encodeUpdate(c));
  socket.receive(encodeAwareness(writeAwarenessUpdate([{ client: 1, clock: 2, state: "null" }])));
  expect([session.takeEdits(), session.editor]).toEqual([1, "ada"]);
  const { values } = await under.metrics.documentsEdited.get();
  expect(values[0]?.value).toBe(1);
});

test("counts what goes to and fro by its type, and how long it takes to be passed on", async () => {
  const under = createRoom();
  const [ada] = [connectSynced(under), connectSynced(under)];
  const [update] = threeLetters();
  ada.socket.receive(encodeUpdate(update));
  await turn();
  const text = await under.metrics.registry.metrics();
  expect(text).toContain('scriptorium_messages_received_total{type="update"} 1');
  expect(text).toContain('scriptorium_messages_received_total{type="step1"} 2');
  expect(text).toContain(
    `scriptorium_message_received_bytes_total{type="update"} ${encodeUpdate(update).length}`,
  );
  expect(text).toContain('scriptorium_messages_sent_total{type="update"} 1');
  expect(text).toContain('scriptorium_messages_sent_total{type="step1"} 2');
  expect(text).toContain("scriptorium_relay_latency_seconds_count 1");
});
