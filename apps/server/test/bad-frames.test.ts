import { get } from "node:http";
import {
  CloseCode,
  emptyUpdate,
  encodeAwareness,
  encodeDurable,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { HonestPair } from "./harness/honest-pair";
import { durableOf, RawClient, step1Of, step2Of, updateOf } from "./harness/raw-client";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const messageBytesMax = 64 * 1024;

let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let documentId: string;
let pair: HonestPair;
/** Edits of this file's raw clients that the server was to take. */
let accepted = 0;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path, {
    env: { SCRIPTORIUM_MESSAGE_BYTES_MAX: String(messageBytesMax) },
  });
  documentId = await server.createDocument();
  pair = await HonestPair.join(server, documentId);
  await pair.write();
});

// Whatever a test did: the others in the room go on writing, and nothing but what was to be taken is in the log.
afterEach(async () => {
  await pair.write();
  expect(await server.metric("scriptorium_edits_total")).toBe(pair.written + accepted);
  expect(await server.metric('scriptorium_messages_rejected_total{reason="internal"}')).toBe(0);
});

afterAll(async () => {
  pair.leave();
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

const nothing = Y.encodeStateVector(new Map());
const garbage = new Uint8Array([255, 254, 253, 252, 251, 250, 1, 2, 3]);
const goodUpdate = encodeUpdate(newcomersEdits().first);

test.each<[string, Uint8Array | string]>([
  ["an empty frame", new Uint8Array()],
  ["a text frame", "hello"],
  ["an unknown message type", new Uint8Array([42, 0])],
  ["an unknown sync message type", new Uint8Array([0, 7, 0])],
  ["an auth message", new Uint8Array([2, 0, 0])],
  ["a message that only servers send", encodeDurable(1, 1n)],
  ["bytes behind the end of a message", new Uint8Array([...goodUpdate, 0])],
  ["two messages in one frame", new Uint8Array([...goodUpdate, ...goodUpdate])],
  ["a length beyond the end of the frame", new Uint8Array([0, 2, 255, 255, 255, 255, 15, 1])],
  ["a number that never ends", new Uint8Array(20).fill(255)],
  ["a garbage update", encodeUpdate(garbage)],
  // Yjs decodes the next three, and throws half-way through when it applies them.
  ["a struct that follows on itself", encodeUpdate(new Uint8Array([1, 1, 7, 0, 0x84, 7, 0, 1, 97, 0]))],
  ["a struct without length", encodeUpdate(new Uint8Array([1, 1, 7, 0, 0x04, 1, 1, 97, 0, 0]))],
  ["a deletion of nothing", encodeUpdate(new Uint8Array([0, 1, 7, 1, 0, 0]))],
  ["a garbage step 2", encodeStep2(garbage)],
  ["a garbage state vector", encodeStep1(garbage)],
  ["garbage for awareness", encodeAwareness(garbage)],
  ["an awareness state that is not JSON", awareness([{ client: 1, state: "{" }])],
  ["seventeen awareness clients on one connection", awareness(manyClients(17))],
])("%s is refused with 4400", async (_name, frame) => {
  const rejectedBefore = await rejected("malformed");
  const client = await RawClient.open(server.socketUrl, documentId);

  client.send(frame);

  expect((await client.closed).code).toBe(CloseCode.malformed);
  expect(await rejected("malformed")).toBe(rejectedBefore + 1);
});

test.each<[string, Uint8Array]>([
  ["update", goodUpdate],
  ["step 1", encodeStep1(Y.encodeStateVector(new Map([[123456, 7]])))],
  ["step 2", encodeStep2(emptyUpdate)],
  ["awareness message", awareness([{ client: 1, state: '{"name":"Ada"}' }])],
])("an %s truncated at any byte is refused with 4400", async (_name, frame) => {
  const rejectedBefore = await rejected("malformed");

  const codes = await Promise.all(
    Array.from(frame, async (_byte, length) => {
      const client = await RawClient.open(server.socketUrl, documentId);
      client.send(frame.subarray(0, length));
      return (await client.closed).code;
    }),
  );

  expect(codes).toEqual(codes.map(() => CloseCode.malformed));
  expect(await rejected("malformed")).toBe(rejectedBefore + frame.length);
});

test("messages behind a refused one are not looked at", async () => {
  const client = await RawClient.open(server.socketUrl, documentId);

  client.send(encodeUpdate(garbage));
  client.send(goodUpdate);

  expect((await client.closed).code).toBe(CloseCode.malformed);
});

test("a frame beyond the limit is refused with 4413", async () => {
  const rejectedBefore = await rejected("too_large");
  const closedBefore = await closedWith(CloseCode.tooLarge);
  const client = await RawClient.open(server.socketUrl, documentId);

  client.send(new Uint8Array(messageBytesMax + 1));

  expect((await client.closed).code).toBe(CloseCode.tooLarge);
  expect(await rejected("too_large")).toBe(rejectedBefore + 1);
  expect(await closedWith(CloseCode.tooLarge)).toBe(closedBefore + 1);
});

test("a broken WebSocket frame is refused with 1002", async () => {
  const rejectedBefore = await rejected("broken_frame");

  // Reserved bits are set.
  const answer = await sendBytes(new Uint8Array([0xf2, 0x80, 0, 0, 0, 0]));

  expect(answer.subarray(-4)).toEqual(Buffer.from([0x88, 2, 1002 >> 8, 1002 & 255]));
  expect(await rejected("broken_frame")).toBe(rejectedBefore + 1);
});

test("an awareness state beyond the limit is refused with 4413", async () => {
  const rejectedBefore = await rejected("too_large");
  const client = await RawClient.open(server.socketUrl, documentId);

  client.send(awareness([{ client: 1, state: JSON.stringify("x".repeat(16 * 1024)) }]));

  expect((await client.closed).code).toBe(CloseCode.tooLarge);
  expect(await rejected("too_large")).toBe(rejectedBefore + 1);
});

test("nobody speaks for the client of another connection", async () => {
  const victim = pair.own.doc.clientID;
  pair.own.awareness.setLocalState({ name: "Ada" });
  await seenBy(pair.stock.awareness, victim, "Ada");
  const client = await RawClient.open(server.socketUrl, documentId);

  client.send(awareness([{ client: victim, clock: 1000, state: '{"name":"Mallory"}' }]));
  client.send(awareness([{ client: victim, clock: 1001, state: "null" }]));
  client.send(awareness([{ client: 4711, state: '{"name":"Grace"}' }]));

  await seenBy(pair.stock.awareness, 4711, "Grace");
  expect(pair.stock.awareness.getStates().get(victim)).toEqual({ name: "Ada" });
  expect(client.isOpen).toBe(true);
  await client.close();
});

test("an update whose clock has a gap waits until the client hands over what is missing", async () => {
  const { first, second, third } = newcomersEdits();
  const heldBefore = await server.metric("scriptorium_updates_held_total");
  const client = await RawClient.open(server.socketUrl, documentId);
  await client.next(step1Of);

  client.send(encodeUpdate(third));
  client.send(encodeUpdate(second));
  await lookedAtAll(client);
  expect(await server.metric("scriptorium_updates_held_total")).toBe(heldBefore + 2);
  const witness = await joinedWitness();
  client.send(encodeStep2(Y.mergeUpdates([first, second])));

  expect((await client.next(durableOf)).messages).toBe(3);
  accepted += 2;
  // Those of one turn are relayed as one.
  expect(await witness.next(updateOf)).toEqual(Y.mergeUpdates([Y.mergeUpdates([first, second]), third]));
  await Promise.all([client.close(), witness.close()]);
});

test("an update whose gap the client does not fill is refused with 4400", async () => {
  const { second } = newcomersEdits();
  const client = await RawClient.open(server.socketUrl, documentId);
  await client.next(step1Of);
  client.send(encodeStep2(emptyUpdate));

  client.send(encodeUpdate(second));
  await client.next(step1Of);
  client.send(encodeStep2(emptyUpdate));

  expect((await client.closed).code).toBe(CloseCode.malformed);
});

test("acknowledgements stop before an update that waits", async () => {
  const client = await RawClient.open(server.socketUrl, documentId);
  await client.next(step1Of);
  client.send(encodeStep2(emptyUpdate));
  expect((await client.next(durableOf)).messages).toBe(1);

  client.send(encodeUpdate(newcomersEdits().second));
  client.send(encodeUpdate(newcomersEdits().first));
  await lookedAtAll(client);
  accepted += 1;
  // Once the pair's later edits are on the disk, so is the one that was taken here.
  await pair.write();
  client.send(encodeStep1(nothing));
  const acknowledged: number[] = [];
  await client.next((frame) => {
    const durable = durableOf(frame);
    if (durable !== undefined) acknowledged.push(durable.messages);
    return step2Of(frame);
  });

  expect(acknowledged).toEqual([]);
  await client.close();
});

test("too many updates that wait are refused with 4400", async () => {
  const { second } = newcomersEdits();
  const client = await RawClient.open(server.socketUrl, documentId);
  await client.next(step1Of);

  for (let i = 0; i <= 1024; i++) client.send(encodeUpdate(second));

  expect((await client.closed).code).toBe(CloseCode.malformed);
});

test("an update that brings nothing new is acknowledged, and neither stored nor relayed", async () => {
  const { first } = newcomersEdits();
  const client = await RawClient.open(server.socketUrl, documentId);
  const witness = await joinedWitness();

  client.send(encodeUpdate(first));
  client.send(encodeUpdate(first));
  await client.next((frame) => (durableOf(frame)?.messages === 2 ? true : undefined));
  accepted += 1;
  pair.type();

  expect(await witness.next(updateOf)).toEqual(first);
  expect(await witness.next(updateOf)).not.toEqual(first);
  await Promise.all([client.close(), witness.close()]);
});

/** Three edits of somebody new, each of which follows on the one before. */
function newcomersEdits() {
  const doc = new Y.Doc();
  const type = () => {
    const before = Y.encodeStateVector(doc);
    doc.getText("content").insert(0, "!");
    return Y.encodeStateAsUpdate(doc, before);
  };
  return { first: type(), second: type(), third: type() };
}

/** Resolves when the server has looked at all that `client` sent. */
async function lookedAtAll(client: RawClient): Promise<void> {
  client.send(encodeStep1(nothing));
  await client.next(step2Of);
}

/** Receives from now on what others write. */
async function joinedWitness(): Promise<RawClient> {
  const witness = await RawClient.open(server.socketUrl, documentId);
  await lookedAtAll(witness);
  return witness;
}

function awareness(entries: { client: number; clock?: number; state: string }[]): Uint8Array {
  return encodeAwareness(writeAwarenessUpdate(entries.map((entry) => ({ clock: 1, ...entry }))));
}

function manyClients(count: number) {
  return Array.from({ length: count }, (_, index) => ({ client: 9000 + index, state: "{}" }));
}

function seenBy(present: HonestPair["stock"]["awareness"], client: number, name: string): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (present.getStates().get(client)?.name !== name) return;
      present.off("change", check);
      resolve();
    };
    present.on("change", check);
    check();
  });
}

/** Sends bytes on a WebSocket's connection as they are. Resolves, when it has ended, with all that came back. */
function sendBytes(bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve) => {
    const headers = {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Key": Buffer.alloc(16).toString("base64"),
      "Sec-WebSocket-Version": "13",
    };
    get(`${server.origin}/ws/${documentId}`, { headers }).on("upgrade", (_response, socket, head) => {
      const received = [head];
      socket.on("data", (chunk) => received.push(chunk));
      socket.on("end", () => socket.end());
      socket.on("close", () => resolve(Buffer.concat(received)));
      socket.write(bytes);
    });
  });
}

function rejected(reason: string): Promise<number> {
  return server.metric(`scriptorium_messages_rejected_total{reason="${reason}"}`);
}

function closedWith(code: number): Promise<number> {
  return server.metric(`scriptorium_connections_closed_total{code="${code}"}`);
}
