import {
  type DocumentEvent,
  encodeAwareness,
  encodeDurable,
  encodeEvent,
  encodeStep2,
  encodeUpdate,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { FakeServer } from "../test/fake-server";
import { start, startSaved, waitForNextAttempt } from "../test/started-provider";
import { ScriptoriumProvider } from "./provider";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An update by somebody else, made on top of `doc`. */
function foreignUpdate(doc: Y.Doc, content: string): Uint8Array {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  other.getText("content").insert(0, content);
  return Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc));
}

test("asks for the document by name and opts in to acknowledgements", () => {
  const { server } = start();
  expect(server.socket.url).toBe("ws://host/ws/01HZY0000000000000000000AB?v=1");
});

test("does not connect before it is told to, if so asked", () => {
  const { server, provider } = start({ connect: false });
  expect(server.sockets).toHaveLength(0);
  provider.connect();
  expect(server.sockets).toHaveLength(1);
});

test("says saved only when the replica is complete, handed over, and acknowledged", () => {
  const { server, provider } = start();
  const states = [provider.status.state];
  provider.onStatusChange(() => {
    if (states.at(-1) !== provider.status.state) states.push(provider.status.state);
  });
  server.open();
  server.flush();
  server.receive();
  server.flush();
  expect([provider.synced, provider.status]).toEqual([true, { state: "connecting" }]);

  server.sendStep1();
  server.flush();
  expect(provider.status).toEqual({ state: "saving", edits: 0 });

  server.receive();
  server.acknowledge(1);
  expect(provider.status).toEqual({ state: "saving", edits: 0 });
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
  expect(states).toEqual(["connecting", "saving", "saved"]);
});

test("does not say saved while the server's own edits are still to come", () => {
  const { server, provider } = start();
  server.open();
  server.sendStep1();
  server.socket.arriveFrame(encodeDurable(1, 1n));
  server.flush();
  expect([provider.synced, provider.status]).toEqual([false, { state: "connecting" }]);
  server.receive();
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
});

test("hands over anew on each connection before it says saved", () => {
  const { server, provider, doc } = startSaved();
  server.crash();
  Y.applyUpdate(doc, foreignUpdate(doc, "stored meanwhile"), "persistence");
  waitForNextAttempt();
  server.open();
  server.flush();
  server.receive();
  server.flush();
  expect([provider.synced, provider.status]).toEqual([true, { state: "reconnecting", edits: 0 }]);
  server.sendStep1();
  server.flush();
  server.receive();
  server.acknowledge();
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.durable.getText("content").toString()).toBe("stored meanwhile");
});

test("counts each edit until the message that carried it is acknowledged", () => {
  const { server, provider, text } = startSaved();
  text.insert(0, "a");
  text.insert(1, "b");
  text.delete(0, 1);
  expect(provider.status).toEqual({ state: "saving", edits: 3 });
  server.receive();
  // The step 2 of the handshake was the first message.
  server.acknowledge(3);
  server.flush();
  expect(provider.status).toEqual({ state: "saving", edits: 1 });
  server.acknowledge(4);
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.durable.getText("content").toString()).toBe("b");
});

test("ignores acknowledgements that go back", () => {
  const { server, provider, text } = startSaved();
  text.insert(0, "a");
  text.insert(1, "b");
  server.receive();
  for (const messages of [2, 1, 2]) server.acknowledge(messages);
  server.flush();
  expect(provider.unsavedEdits).toBe(1);
});

test("counts edits made offline, and takes them for saved when the handshake that carries them is", () => {
  const { server, provider, text } = startSaved();
  server.crash();
  text.insert(0, "offline");
  text.insert(0, "still ");
  expect(provider.status).toEqual({ state: "reconnecting", edits: 2 });

  waitForNextAttempt();
  server.shakeHands();
  expect(provider.status).toEqual({ state: "saving", edits: 2 });
  server.receive();
  expect(server.updatesReceived).toBe(1);
  server.acknowledge(1);
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.durable.getText("content").toString()).toBe("still offline");
});

test("counts edits typed after the connection opened and before the server asked for what it lacks", () => {
  const { server, provider, text } = start();
  server.open();
  server.flush();
  text.insert(0, "between");
  expect(provider.unsavedEdits).toBe(1);
  server.sendStep1();
  server.flush();
  server.receive();
  server.flush();
  expect(server.updatesReceived).toBe(2);
  server.acknowledge(1);
  server.flush();
  expect(provider.status).toEqual({ state: "saving", edits: 0 });
  server.acknowledge(2);
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
});

test("counts such edits until the handshake is saved when they follow on others made offline", () => {
  const { server, provider, text } = start();
  text.insert(0, "before ");
  server.open();
  server.flush();
  text.insert(7, "between");
  server.receive();
  server.acknowledge();
  server.flush();
  expect(provider.unsavedEdits).toBe(2);
  server.sendStep1();
  server.flush();
  server.receive();
  server.acknowledge();
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.durable.getText("content").toString()).toBe("before between");
});

test("counts what was in flight again when the connection is lost, and messages from one", () => {
  const { server, provider, text } = startSaved();
  for (const letter of "abc") text.insert(0, letter);
  server.receive();
  server.acknowledge(2);
  server.flush();
  server.crash();
  expect(provider.status).toEqual({ state: "reconnecting", edits: 2 });

  waitForNextAttempt();
  server.shakeHands();
  text.insert(0, "d");
  server.receive();
  expect([server.updatesReceived, provider.unsavedEdits]).toEqual([2, 3]);
  server.acknowledge(1);
  server.flush();
  expect(provider.unsavedEdits).toBe(1);
  server.acknowledge(2);
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
});

test("carries over the edits that an earlier visit left unsaved", () => {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "from an earlier visit");
  const { server, provider } = start({ doc, unsavedEdits: 5 });
  expect(provider.status).toEqual({ state: "reconnecting", edits: 5 });
  server.shakeHands();
  server.receive();
  server.acknowledge(1);
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.durable.getText("content").toString()).toBe("from an earlier visit");
});

test("takes edits of others for no edits of its own, and does not send them back", () => {
  const { server, provider, doc, text } = startSaved();
  server.socket.arriveFrame(encodeUpdate(foreignUpdate(doc, "Grace was here")));
  server.flush();
  expect(text.toString()).toBe("Grace was here");
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.socket.takeSent()).toEqual([]);
});

test("passes on what local storage brings, waits for it, and does not count it as edits", () => {
  const { server, provider, doc, text } = startSaved();
  Y.applyUpdate(doc, foreignUpdate(doc, "stored "), "persistence");
  text.insert(0, "a");
  expect(provider.status).toEqual({ state: "saving", edits: 1 });
  server.receive();
  server.acknowledge(2);
  server.flush();
  expect(provider.status).toEqual({ state: "saving", edits: 1 });
  server.acknowledge(3);
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.durable.getText("content").toString()).toBe("astored ");
});

test("does not count what local storage brings while offline", () => {
  const { provider, doc } = start({ connect: false });
  Y.applyUpdate(doc, foreignUpdate(doc, "stored"), "persistence");
  expect(provider.unsavedEdits).toBe(0);
});

test("reads all messages of a frame, and answers those that ask", () => {
  const { server, provider, doc, text } = start();
  const events: DocumentEvent[] = [];
  provider.onEvent((event) => events.push(event));
  text.insert(0, "mine");
  server.open();
  server.flush();
  server.socket.takeSent();
  const presence = writeAwarenessUpdate([{ client: 7, clock: 1, state: '{"name":"Grace"}' }]);
  server.socket.arriveFrame(
    encodeEvent({ type: "title", title: "Notes" }),
    encodeAwareness(presence),
    encodeUpdate(foreignUpdate(new Y.Doc(), "theirs ")),
    encodeStep2(Uint8Array.of(0, 0)),
    server.step1(),
    encodeDurable(1, 9n),
  );
  server.flush();
  expect(events).toEqual([{ type: "title", title: "Notes" }]);
  expect(provider.awareness.getStates().get(7)).toEqual({ name: "Grace" });
  expect(text.toString()).toContain("theirs ");
  expect([provider.status, provider.durableRevision]).toEqual([{ state: "saved" }, 9n]);
  server.receive();
  expect(Y.encodeStateVector(server.doc)).toEqual(Y.encodeStateVector(doc));
  expect(server.updatesReceived).toBe(1);
});

test("ignores the rest of a frame from where it is of a kind it does not know", () => {
  const { server, provider } = startSaved();
  const newKind = Uint8Array.of(110, 1, 2, 3);
  server.socket.arriveFrame(encodeDurable(1, 50n), newKind);
  server.flush();
  expect([provider.durableRevision, provider.status.state]).toEqual([50n, "saved"]);
});

test("knows the newest durable revision, which never goes back", () => {
  const { server, provider } = startSaved();
  for (const revision of [70n, 60n]) server.socket.arriveFrame(encodeDurable(1, revision));
  server.flush();
  expect(provider.durableRevision).toBe(70n);
});

test("stays closed, with code and reason, when the server closes for good", () => {
  const { server, provider, text } = startSaved();
  text.insert(0, "too late");
  server.socket.arriveClose(4410, "the document was deleted");
  server.flush();
  const closed = { state: "closed", edits: 1, code: 4410, reason: "the document was deleted" };
  expect(provider.status).toEqual(closed);
  vi.advanceTimersByTime(60_000);
  expect(server.sockets).toHaveLength(1);
  expect(provider.status).toEqual(closed);

  provider.connect();
  server.shakeHands();
  server.receive();
  server.acknowledge();
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
});

test("comes back by itself when the server restarts", () => {
  const { server, provider } = startSaved();
  server.socket.arriveClose(1012, "the server is restarting");
  server.flush();
  expect(provider.status).toEqual({ state: "reconnecting", edits: 0 });
  waitForNextAttempt();
  expect(server.sockets).toHaveLength(2);
  server.shakeHands();
  expect(provider.status).toEqual({ state: "saving", edits: 0 });
});

test("is offline once an attempt to connect has failed, and goes on trying", () => {
  const { server, provider, text } = startSaved();
  server.crash();
  waitForNextAttempt();
  expect(provider.status.state).toBe("reconnecting");
  server.socket.arriveFailure();
  server.flush();
  text.insert(0, "a");
  expect(provider.status).toEqual({ state: "offline", edits: 1 });
  waitForNextAttempt();
  expect(provider.status).toEqual({ state: "offline", edits: 1 });
  server.shakeHands();
  server.receive();
  server.acknowledge();
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
});

test("is offline after disconnect, counts on, and hands over after connect", () => {
  const { server, provider, text } = startSaved();
  provider.disconnect();
  expect(server.socket.readyState).toBe(3);
  text.insert(0, "a");
  expect(provider.status).toEqual({ state: "offline", edits: 1 });
  vi.advanceTimersByTime(60_000);
  expect(server.sockets).toHaveLength(1);
  provider.connect();
  expect(provider.status).toEqual({ state: "reconnecting", edits: 1 });
  server.shakeHands();
  server.receive();
  server.acknowledge();
  server.flush();
  expect(provider.status).toEqual({ state: "saved" });
});

test("tells of title changes and of a server about to restart, and ignores events that it does not know", () => {
  const { server, provider } = startSaved();
  const events: DocumentEvent[] = [];
  const stop = provider.onEvent((event) => events.push(event));
  server.socket.arriveFrame(encodeEvent({ type: "title", title: "Chapter 1" }));
  const unknown = '{"type":"versionNamed"}';
  server.socket.arriveFrame(Uint8Array.of(101, unknown.length, ...new TextEncoder().encode(unknown)));
  server.socket.arriveFrame(encodeEvent({ type: "draining" }));
  server.flush();
  stop();
  server.socket.arriveFrame(encodeEvent({ type: "draining" }));
  server.flush();
  expect(events).toEqual([{ type: "title", title: "Chapter 1" }, { type: "draining" }]);
});

test("speaks of itself only, not of others whom the server told it of", () => {
  const { server, provider, doc } = startSaved();
  server.receive();
  server.awareness.length = 0;
  server.tellAwareness({ client: 7, clock: 1, state: '{"name":"Grace"}' });
  server.flush();
  server.tellAwareness({ client: 7, clock: 2, state: "null" });
  server.flush();
  server.receive();
  expect(server.awareness).toEqual([]);
  provider.awareness.setLocalStateField("name", "Ada");
  server.receive();
  expect(server.awareness).toEqual([
    { client: doc.clientID, clock: expect.any(Number), state: '{"name":"Ada"}' },
  ]);
});

test("introduces itself with a higher clock on each connection, since others saw it leave", () => {
  const { server, provider, doc } = start();
  provider.awareness.setLocalStateField("name", "Ada");
  const clocks: number[] = [];
  for (let connection = 0; connection < 3; connection++) {
    server.shakeHands();
    const own = server.awareness.splice(0).filter(({ client }) => client === doc.clientID);
    expect(own.at(-1)?.state).toBe('{"name":"Ada"}');
    clocks.push(own.at(-1)?.clock ?? -1);
    server.crash();
    waitForNextAttempt();
  }
  expect(clocks).toEqual([...new Set(clocks)].sort((a, b) => a - b));
});

test("stays silent about itself when it has no presence", () => {
  const { server, provider } = start();
  provider.awareness.setLocalState(null);
  server.shakeHands();
  expect(server.awareness).toEqual([]);
});

test("forgets others when the connection is lost, and keeps itself", () => {
  const { server, provider, doc } = startSaved();
  server.tellAwareness({ client: 7, clock: 1, state: "{}" });
  server.flush();
  expect([...provider.awareness.getStates().keys()]).toContain(7);
  server.crash();
  expect([...provider.awareness.getStates().keys()]).toEqual([doc.clientID]);
});

test("keeps the same status object until the status changes", () => {
  const { server, provider, text } = startSaved();
  const { status } = provider;
  server.tellAwareness({ client: 7, clock: 1, state: "{}" });
  server.acknowledge();
  server.flush();
  expect(provider.status).toBe(status);
  text.insert(0, "a");
  expect(provider.status).not.toBe(status);
});

test("calls status listeners until they unsubscribe", () => {
  const { server, provider, text } = startSaved();
  const counts: number[] = [];
  const stop = provider.onStatusChange(() => counts.push(provider.unsavedEdits));
  text.insert(0, "a");
  server.receive();
  server.acknowledge();
  server.flush();
  stop();
  text.insert(0, "b");
  expect(counts).toEqual([1, 0]);
});

test("leaves no listener behind and tries no more when destroyed", () => {
  const server = new FakeServer();
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const listeners = () =>
    [doc, awareness].map(({ _observers }) => [..._observers.values()].map(({ size }) => size));
  const before = [listeners(), process.listenerCount("exit"), vi.getTimerCount()];
  const provider = new ScriptoriumProvider({
    serverUrl: "ws://host/ws",
    documentId: "01HZY0000000000000000000AB",
    doc,
    awareness,
    WebSocketPolyfill: server.WebSocket,
  });
  server.shakeHands();
  provider.destroy();
  vi.advanceTimersByTime(10_000);
  expect([listeners(), process.listenerCount("exit"), vi.getTimerCount()]).toEqual(before);
  expect([server.sockets.length, server.socket.readyState]).toEqual([1, 3]);
  doc.getText("content").insert(0, "after");
  expect(provider.unsavedEdits).toBe(0);
  doc.destroy();
});

test("ends the awareness that it made itself", () => {
  const timers = vi.getTimerCount();
  const provider = new ScriptoriumProvider({
    serverUrl: "ws://host/ws",
    documentId: "01HZY0000000000000000000AB",
    doc: new Y.Doc(),
    connect: false,
    WebSocketPolyfill: new FakeServer().WebSocket,
  });
  provider.destroy();
  expect(vi.getTimerCount()).toBe(timers);
});

test("edits along with a stock y-websocket server, and never calls saved what that does not acknowledge", () => {
  const { server, provider, text } = start();
  text.insert(0, "Ada ");
  for (let connection = 0; connection < 2; connection++) {
    server.shakeHands();
    server.relay((shared) => shared.insert(0, "Grace "));
    text.insert(text.length, "and on ");
    server.receive();
    server.flush();
    expect(provider.status).toEqual({ state: "saving", edits: 2 + connection });
    expect(provider.resumePoint).toBeUndefined();
    expect(server.params).toEqual({ v: "1" });
    expect(server.doc.getText("content").toString()).toBe(text.toString());
    server.socket.arriveClose(1006, "");
    server.flush();
    waitForNextAttempt();
  }
});
