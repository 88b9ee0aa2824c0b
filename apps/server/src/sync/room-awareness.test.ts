import {
  type AwarenessEntry,
  readAwarenessUpdate,
  readClientMessage,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import { expect, test } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { protocolErrorOf } from "../testing/protocol-error-of";
import { RoomAwareness } from "./room-awareness";

function start() {
  const awareness = new RoomAwareness<string>();
  return {
    awareness,
    say: (owner: string, ...entries: AwarenessEntry[]) =>
      awareness.receive(owner, writeAwarenessUpdate(entries)),
    takeChanges: () => entriesOf(awareness.takeChanges()),
    everybody: () => entriesOf(awareness.encodeAll()),
  };
}

function entriesOf(frame: Uint8Array | undefined): AwarenessEntry[] | undefined {
  if (frame === undefined) return undefined;
  const message = readClientMessage(frame);
  return message.type === "awareness" ? readAwarenessUpdate(message.update) : expect.fail("another message");
}

const ada = { client: 1, clock: 0, state: '{"name":"Ada"}' };
const grace = { client: 2, clock: 5, state: '{"name":"Grace"}' };

test("tells everybody of a client that a connection introduces", () => {
  const { awareness, say, takeChanges, everybody } = start();
  expect([awareness.hasChanges, takeChanges(), everybody()]).toEqual([false, undefined, undefined]);
  say("a", ada);
  expect(awareness.hasChanges).toBe(true);
  expect([takeChanges(), everybody()]).toEqual([[ada], [ada]]);
});

test("gathers all changes since the last frame into one, each client once and as it is now", () => {
  const { awareness, say, takeChanges } = start();
  say("a", ada);
  say("b", grace);
  say("a", { ...ada, clock: 1 });
  say("a", { ...ada, clock: 2, state: '{"name":"Ada","cursor":3}' });
  expect(takeChanges()).toEqual([{ client: 1, clock: 2, state: '{"name":"Ada","cursor":3}' }, grace]);
  expect([awareness.hasChanges, takeChanges()]).toEqual([false, undefined]);
});

test("lets no connection speak for the clients of another", () => {
  const { say, takeChanges, everybody } = start();
  say("a", ada);
  takeChanges();
  say("b", { client: 1, clock: 9, state: '{"name":"not Ada"}' });
  say("b", { client: 1, clock: 9, state: "null" });
  expect([takeChanges(), everybody()]).toEqual([undefined, [ada]]);
});

test("drops echoes of what it sent, without complaint", () => {
  const { awareness, say } = start();
  say("a", ada);
  say("b", grace);
  const everybody = entriesOf(awareness.takeChanges()) ?? [];
  for (const echoing of ["a", "b"]) say(echoing, ...everybody);
  expect(awareness.hasChanges).toBe(false);
});

test("takes a client's leaving from its own connection, at the same clock", () => {
  const { say, takeChanges, everybody } = start();
  say("a", ada);
  say("a", { ...ada, state: "null" });
  expect([takeChanges(), everybody()]).toEqual([[{ client: 1, clock: 0, state: "null" }], undefined]);
});

test("says that a connection's clients left when it ends, and of no others", () => {
  const { awareness, say, takeChanges, everybody } = start();
  say("a", ada, { client: 3, clock: 4, state: "{}" });
  say("b", grace);
  takeChanges();
  awareness.remove("a");
  expect(takeChanges()).toEqual([
    { client: 1, clock: 0, state: "null" },
    { client: 3, clock: 4, state: "null" },
  ]);
  expect(everybody()).toEqual([grace]);
});

test("does not let an echo bring back a client that has left, but lets the client itself return", () => {
  const { awareness, say, takeChanges, everybody } = start();
  say("a", { ...ada, clock: 7 });
  awareness.remove("a");
  takeChanges();
  say("b", { ...ada, clock: 6 });
  say("b", { ...ada, clock: 7 });
  say("b", { ...ada, clock: 8, state: "null" });
  expect([takeChanges(), everybody()]).toEqual([undefined, undefined]);
  say("c", { ...ada, clock: 8 });
  expect(takeChanges()).toEqual([{ ...ada, clock: 8 }]);
  say("b", { ...ada, clock: 9 });
  expect(takeChanges()).toBeUndefined();
});

test("tells nothing of a client that came and left since the last frame but that it left", () => {
  const { awareness, say, takeChanges } = start();
  say("a", ada);
  awareness.remove("a");
  expect(takeChanges()).toEqual([{ client: 1, clock: 0, state: "null" }]);
});

test("takes nothing of an update of which it refuses a part", () => {
  const { awareness, say, everybody } = start();
  const tooLarge = { client: 3, clock: 1, state: JSON.stringify("x".repeat(16 * 1024)) };
  expect(protocolErrorOf(() => say("a", ada, tooLarge)).code).toBe("TOO_LARGE");
  expect(protocolErrorOf(() => say("a", ada, { client: 3, clock: 1, state: "{" })).code).toBe("MALFORMED");
  expect([awareness.hasChanges, everybody()]).toEqual([false, undefined]);
});

test("takes a state of just 16,384 characters", () => {
  const { say, everybody } = start();
  const state = JSON.stringify("x".repeat(16 * 1024 - 2));
  say("a", { ...ada, state });
  expect(everybody()).toEqual([{ ...ada, state }]);
});

test("lets one connection speak for 16 clients, not more, however it introduces them", () => {
  const { awareness, say, everybody } = start();
  const client = (number: number) => ({ client: number, clock: 1, state: "{}" });
  const sixteen = Array.from({ length: 16 }, (_, index) => client(index));
  say("a", ...sixteen.slice(0, 10));
  say("a", ...sixteen.slice(10));
  expect(protocolErrorOf(() => say("a", client(16))).code).toBe("MALFORMED");
  const fresh = Array.from({ length: 17 }, (_, index) => client(100 + index));
  expect(protocolErrorOf(() => say("b", ...fresh)).code).toBe("MALFORMED");
  expect(everybody()).toHaveLength(16);
  // Others have their own sixteen, and who leaves makes room.
  say("b", client(16));
  say("a", { client: 0, clock: 1, state: "null" });
  say("a", client(17));
  expect(everybody()).toHaveLength(17);
  awareness.remove("a");
  expect(everybody()).toEqual([client(16)]);
});

test("refuses bytes that are no awareness update", () => {
  const { awareness } = start();
  expect(protocolErrorOf(() => awareness.receive("a", Uint8Array.of(1, 2))).code).toBe("MALFORMED");
});

test("shows stock clients, who echo everything, the same people until all have settled", () => {
  const room = new RoomAwareness<Awareness>();
  const clients = Array.from({ length: 3 }, () => new Awareness(new Y.Doc()));
  let messages = 0;
  for (const client of clients) {
    client.on("update", ({ added, updated, removed }: Record<"added" | "updated" | "removed", number[]>) => {
      messages++;
      room.receive(client, encodeAwarenessUpdate(client, [...added, ...updated, ...removed]));
    });
  }
  const settle = (present: readonly Awareness[]) => {
    for (let frame = room.takeChanges(); frame !== undefined; frame = room.takeChanges()) {
      const message = readClientMessage(frame);
      if (message.type !== "awareness") expect.fail("another message");
      for (const client of present) applyAwarenessUpdate(client, message.update, "room");
      expect(messages).toBeLessThan(100);
    }
  };
  clients.forEach((client, index) => {
    client.setLocalState({ index });
  });
  settle(clients);
  for (const client of clients) {
    expect([...client.getStates().values()].map(({ index }) => index).sort()).toEqual([0, 1, 2]);
  }
  const [leaver, ...others] = clients;
  if (leaver === undefined) expect.fail("there are three clients");
  room.remove(leaver);
  settle(others);
  for (const client of others)
    expect([...client.getStates().values()].map(({ index }) => index).sort()).toEqual([1, 2]);
  for (const client of clients) client.destroy();
});

test("tells a client that has missed departures of those, too", () => {
  const { awareness, say } = start();
  say("a", ada);
  say("b", grace);
  awareness.remove("a");
  const left = { client: 1, clock: 0, state: "null" };
  expect(entriesOf(awareness.encodeAll(true))).toEqual([grace, left]);
  awareness.remove("b");
  expect(entriesOf(awareness.encodeAll())).toBeUndefined();
  expect(entriesOf(awareness.encodeAll(true))).toEqual([left, { client: 2, clock: 5, state: "null" }]);
});
