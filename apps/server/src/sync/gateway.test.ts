import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createConnection, type Socket } from "node:net";
import { encodeStep1, encodeUpdate, MessageType, readClientMessage } from "@scriptorium/protocol";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import * as Y from "yjs";
import type { EditObserver } from "../observability/activity/activity";
import { checkpointOf } from "../testing/checkpoint-of";
import { turn } from "../testing/hand-log";
import { createRoom, type RoomUnderTest } from "../testing/room-of";
import { Gateway } from "./gateway";
import type { Rooms } from "./rooms";

const MiB = 1024 * 1024;
const heartbeatMs = 10_000;
/** Of a masked binary frame of 16 MiB. */
const headOfLongMessage = Uint8Array.of(0x82, 0xff, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);

let under: RoomUnderTest;
let http: Server;
/** Each waits for the room until this resolves. */
let roomReady: Promise<void>;
/** How many wait for the room. */
let waiting: number;
let clients: WebSocket[];
/** The server's ends of them. */
let connections: Socket[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  under = createRoom();
  roomReady = Promise.resolve();
  waiting = 0;
  clients = [];
  connections = [];
});

afterEach(async () => {
  vi.useRealTimers();
  for (const client of clients) client.terminate();
  // One that is not read for a while would not notice.
  for (const connection of connections) connection.destroy();
  http.close();
  await once(http, "close");
});

async function serve({
  messagesPerSecond = 1_000_000,
  connectionsMax = 100,
  observer = undefined as EditObserver | undefined,
} = {}): Promise<void> {
  const { room, metrics } = under;
  const rooms = {
    acquire: async () => {
      waiting++;
      await roomReady;
      return room;
    },
    release() {},
  };
  const gateway = new Gateway({
    rooms: rooms as unknown as Rooms,
    documentState: () => "present",
    notReadyBecause: () => undefined,
    baseUrl: undefined,
    messageBytesMax: 64 * MiB,
    limits: {
      sendBufferBytes: MiB,
      messagesPerSecond,
      bytesPerSecond: 1024 * MiB,
      documentBytesMax: 1024 * MiB,
      connectionsMax,
      connectionsPerDocumentMax: 100,
      openingsPerSecond: 100,
      trustedProxies: 0,
    },
    metrics,
    logger: pino({ level: "silent" }),
    observer,
  });
  http = createServer();
  http.on("connection", (connection) => connections.push(connection));
  gateway.attach(http);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
}

function connect(options: ClientOptions = {}, query: Record<string, string> = {}): WebSocket {
  const { port } = http.address() as AddressInfo;
  const path = `ws/${under.room.documentId}?${new URLSearchParams(query)}`;
  const client = new WebSocket(`ws://127.0.0.1:${port}/${path}`, options);
  clients.push(client);
  return client;
}

async function join(client = connect()): Promise<WebSocket> {
  await once(client, "message");
  client.send(encodeStep1(Y.encodeStateVector(new Map())));
  await settled(client);
  return client;
}

/** A client that never answers a ping, and its socket. */
async function joinInSilence(): Promise<{ client: WebSocket; socket: Socket }> {
  const { port } = http.address() as AddressInfo;
  const socket = createConnection(port, "127.0.0.1");
  const client = await join(connect({ autoPong: false, createConnection: () => socket }));
  return { client, socket };
}

/** Resolves when the server has read all that the client sent, its answers to pings included. */
async function settled(client: WebSocket): Promise<void> {
  const pong = once(client, "pong");
  client.ping();
  await pong;
}

/** The server's heart beats once, and `witness` answers. */
async function beat(witness: WebSocket): Promise<void> {
  const pinged = once(witness, "ping");
  vi.advanceTimersByTime(heartbeatMs);
  await pinged;
  await settled(witness);
}

/** Resolves when the server has `count` members in its room. */
async function members(count: number, witness: WebSocket): Promise<void> {
  while (under.room.memberCount !== count) await settled(witness);
}

function largeUpdate(bytes: number): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "x".repeat(bytes));
  return Y.encodeStateAsUpdate(doc);
}

test("a client that is gone without a word is found out within three heartbeats, and others stay", async () => {
  await serve();
  const witness = await join();
  const gone = await join();
  await beat(witness);
  await beat(witness);
  expect(under.room.memberCount).toBe(2);

  gone.pause();
  for (let beats = 0; beats < 3; beats++) await beat(witness);
  await members(1, witness);

  for (let beats = 0; beats < 5; beats++) await beat(witness);
  expect(under.room.memberCount).toBe(1);
});

test("a client that does not read what waits for it is found out, too", async () => {
  await serve();
  const [witness, stuck] = [await join(), await join()];
  stuck.pause();
  witness.send(encodeUpdate(largeUpdate(32 * MiB)));
  await settled(witness);

  for (let beats = 0; beats < 4; beats++) await beat(witness);

  await members(1, witness);
});

test("a client that reads slowly stays, although it does not answer for long", async () => {
  await serve();
  const [witness, { client: slow, socket }] = [await join(), await joinInSilence()];
  let received = 0;
  socket.on("data", (chunk: Buffer) => {
    received += chunk.length;
  });
  slow.pause();
  witness.send(encodeUpdate(largeUpdate(32 * MiB)));
  await settled(witness);

  for (let beats = 1; beats <= 8; beats++) {
    await beat(witness);
    slow.resume();
    while (received < beats * 2 * MiB) await once(socket, "data");
    slow.pause();
  }

  expect(under.room.memberCount).toBe(2);
});

test("a client that sends a long message slowly stays, although its answers wait behind it", async () => {
  await serve();
  const [witness, { socket }] = [await join(), await joinInSilence()];
  socket.write(headOfLongMessage);

  for (let beats = 0; beats < 8; beats++) {
    socket.write(new Uint8Array(1000));
    await settled(witness);
    await beat(witness);
  }

  expect(under.room.memberCount).toBe(2);
});

test("a client that the server does not read for a while, since it sent too much, stays", async () => {
  await serve({ messagesPerSecond: 1 });
  const [witness, hasty] = [await join(), await join()];
  for (let sent = 0; sent < 200; sent++) hasty.send(encodeStep1(Y.encodeStateVector(new Map())));
  while ((await under.metrics.connectionsThrottled.get()).values[0]?.value !== 1) await settled(witness);

  for (let beats = 0; beats < 8; beats++) await beat(witness);

  expect(under.room.memberCount).toBe(2);
});

test("a client whose missed edits cannot be read any more is sent the whole document", async () => {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "what the checkpoint holds");
  under = createRoom(20_000n);
  under.room.rebase(checkpointOf(doc, 20));
  under.log.readDocument = () => {
    throw new Error("a damaged block");
  };
  await serve();

  const replica = new Y.Doc();
  const client = connect({}, { v: "1", since: "1", epoch: under.room.epoch });
  client.on("message", (frame: Buffer) => {
    // The message about having joined is none that clients send.
    if (frame[0] !== MessageType.sync) return;
    const message = readClientMessage(frame);
    if (message.type === "update") Y.applyUpdate(replica, message.update);
  });
  await join(client);

  expect(replica.getText("content").toString()).toBe("what the checkpoint holds");
});

test("no more come in than may, even if all come at once while the room is being opened", async () => {
  await serve({ connectionsMax: 3 });
  let open = () => {};
  roomReady = new Promise((resolve) => {
    open = resolve;
  });
  const all = Array.from({ length: 10 }, () => connect());
  const ends = all.map((client) => Promise.race([once(client, "message"), once(client, "close")]));
  while (waiting < 10) await turn();
  open();

  const codes = (await Promise.all(ends)).map(([end]) => (typeof end === "number" ? end : "in"));

  expect(codes.sort()).toEqual([...Array(7).fill(1013), ...Array(3).fill("in")]);
});

test("nobody comes into a room that failed meanwhile: it takes for saved what never reached the disk", async () => {
  const lost = largeUpdate(3);
  const checkpoint = new Y.Doc();
  checkpoint.getText("content").insert(0, "what the checkpoint holds");
  under = createRoom(20_000n);
  const { room, log } = under;
  room.rebase(checkpointOf(checkpoint, 20));
  let read = () => {};
  const reading = new Promise<void>((resolve) => {
    log.readDocument = async function* () {
      resolve();
      await new Promise<void>((end) => {
        read = end;
      });
    };
  });
  await serve();
  const writer = await join();
  writer.send(encodeUpdate(lost));
  await settled(writer);

  const late = connect({}, { v: "1", since: "1", epoch: room.epoch });
  const end = Promise.race([once(late, "message"), once(late, "close")]);
  await reading;
  await log.fail(new Error("the disk is full"));
  read();

  expect((await end)[0]).toBe(1013);
});

test("whoever is not let in is counted by the reason", async () => {
  await serve({ connectionsMax: 1 });
  await join();
  const [code] = await once(connect(), "close");
  expect(code).toBe(1013);
  const [foreign] = await once(connect({ origin: "https://elsewhere.example" }), "close");
  expect(foreign).toBe(1013);
  const { values } = await under.metrics.connectionsRejected.get();
  expect(values).toEqual([expect.objectContaining({ labels: { reason: "server_full" }, value: 2 })]);
});

test("tells an observer of edits with each heartbeat and when a connection ends, and of nothing else", async () => {
  const told: unknown[] = [];
  await serve({ observer: { edited: (document, _editor, edits) => told.push([document, edits]) } });
  const [writer, witness] = [await join(), await join()];
  await beat(witness);
  expect(told).toEqual([]);
  writer.send(encodeUpdate(largeUpdate(1)));
  await settled(writer);
  expect(told).toEqual([]);
  await beat(witness);
  const { documentId } = under.room;
  expect(told).toEqual([[documentId, 1]]);
  writer.send(encodeUpdate(largeUpdate(2)));
  await settled(writer);
  writer.close();
  await members(1, witness);
  expect(told).toEqual([
    [documentId, 1],
    [documentId, 1],
  ]);
});
