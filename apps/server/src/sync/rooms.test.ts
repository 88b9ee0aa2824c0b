import { type DocumentId, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Activities } from "../document-metrics/activities";
import { createMetrics } from "../observability/metrics";
import type { Checkpoint } from "../projections/checkpoint";
import type { Projections } from "../projections/projections";
import { Stream, TextKind } from "../storage/stream";
import { checkpointOf } from "../testing/checkpoint-of";
import { docOf } from "../testing/edits";
import { HandLog } from "../testing/hand-log";
import type { Member } from "./member";
import type { Room } from "./room";
import { Rooms } from "./rooms";
import { readUpdateFacts } from "./update-facts";

const idleMs = 1000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The projections as rooms see them: a test makes the checkpoints. */
class FakeProjections {
  readonly checkpoints = new Map<DocumentId, Checkpoint>();
  readonly watchers = new Map<DocumentId, () => void>();
  readonly settled: DocumentId[] = [];
  readonly damaged = new Map<DocumentId, string>();
  readonly catalogue = {
    checkpoint: (id: DocumentId) => this.checkpoints.get(id),
    document: (id: DocumentId) => ({ damagedBecause: this.damaged.get(id) ?? null }),
  };

  watchCheckpoints(id: DocumentId, listener: () => void): () => void {
    this.watchers.set(id, listener);
    return () => {
      this.watchers.delete(id);
    };
  }

  settle(id: DocumentId): void {
    this.settled.push(id);
  }
}

const member: Member = {
  acknowledgeable: 0,
  sendUpdates() {},
  sendAwareness() {},
  noteDurable() {},
  sendEvent() {},
  acknowledge() {},
  identify() {},
  close() {},
};

function start() {
  const log = new HandLog();
  const projections = new FakeProjections();
  const rooms = new Rooms({
    log,
    projections: projections as unknown as Projections,
    activities: new Activities({ log, projected: () => 0 }),
    metrics: createMetrics(),
    logger: pino({ level: "silent" }),
    idleMs,
  });
  const id = new UlidGenerator<DocumentId>().next();
  const append = (payload: Uint8Array, key = ulidToBytes(id), stream: number = Stream.text) =>
    log.append({ key, stream, kind: TextKind.update, author: new Uint8Array(16), payload });
  return { log, projections, rooms, id, append };
}

/** A document of three words, and the update of each. */
function threeWords() {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one ", "two ", "three"])
    doc.getText("content").insert(doc.getText("content").length, word);
  return updates;
}

function textIn(room: Room): string {
  const doc = new Y.Doc();
  for (const update of room.content.missingFrom(Y.encodeStateVector(doc))) Y.applyUpdate(doc, update);
  return doc.getText("content").toString();
}

function take(room: Room, update: Uint8Array): void {
  room.take(member, new Uint8Array(16), update, readUpdateFacts(update));
}

test("opens a room with what the log has of the document, and of no other", async () => {
  const { rooms, id, append } = start();
  for (const update of threeWords()) append(update);
  append(threeWords()[0] ?? Uint8Array.of(), new Uint8Array(16));
  append(new TextEncoder().encode('{"title":"Notes"}'), ulidToBytes(id), Stream.catalogue);
  expect(textIn(await rooms.acquire(id))).toBe("one two three");
});

test("takes a checkpoint in the log neither for an edit nor for the newest one", async () => {
  const { log, rooms, projections, id, append } = start();
  const updates = threeWords();
  const positions = updates.map((update) => append(update).position);
  const { revision } = log.entries[2] ?? expect.fail("three words were written");
  projections.checkpoints.set(id, checkpointOf(docOf(updates.slice(0, 2)), positions[1] ?? 0));
  const key = ulidToBytes(id);
  const payload = Y.encodeStateAsUpdate(docOf(updates.slice(0, 1)));
  log.append({ key, stream: Stream.text, kind: TextKind.checkpoint, author: key, payload });
  const room = await rooms.acquire(id);
  expect([textIn(room), rooms.tailBytes]).toEqual(["one two three", updates[2]?.length]);
  const acknowledged: bigint[] = [];
  room.acknowledgeWhenDurable({ ...member, acknowledge: (_messages, newest) => acknowledged.push(newest) });
  expect(acknowledged).toEqual([revision]);
});

test("opens a room with the checkpoint, and only the updates behind it", async () => {
  const { rooms, projections, id, append } = start();
  const updates = threeWords();
  const positions = updates.map((update) => append(update).position);
  projections.checkpoints.set(id, checkpointOf(docOf(updates.slice(0, 2)), positions[1] ?? 0));
  const room = await rooms.acquire(id);
  expect(textIn(room)).toBe("one two three");
  expect(rooms.tailBytes).toBe(updates[2]?.length);
});

test("opens with what can be read of a damaged document, and says that it takes no edits", async () => {
  const { log, rooms, projections, id, append } = start();
  const updates = threeWords();
  const positions = updates.map((update) => append(update).position);
  log.damaged.add(positions[2] ?? 0);
  const room = await rooms.acquire(id);
  expect([textIn(room), room.readOnlyBecause]).toEqual(["one two ", "damaged"]);

  const other = new UlidGenerator<DocumentId>().next();
  expect((await rooms.acquire(other)).readOnlyBecause).toBeUndefined();
  // What is known of the part that a checkpoint holds counts as well.
  const third = new UlidGenerator<DocumentId>().next();
  projections.damaged.set(third, "a block is damaged");
  expect((await rooms.acquire(third)).readOnlyBecause).toBe("a block is damaged");
});

test("lets go of what a new checkpoint holds, while the room is in use", async () => {
  const { rooms, projections, id, append } = start();
  const updates = threeWords();
  const positions = updates.map((update) => append(update).position);
  const room = await rooms.acquire(id);
  projections.checkpoints.set(id, checkpointOf(docOf(updates), positions[2] ?? 0));
  projections.watchers.get(id)?.();
  expect([rooms.tailBytes, textIn(room)]).toEqual([0, "one two three"]);
});

test("has one room per document, also while it is being opened", async () => {
  const { rooms, id } = start();
  const [first, second] = await Promise.all([rooms.acquire(id), rooms.acquire(id)]);
  expect(second).toBe(first);
  expect([rooms.count, rooms.editors(id)]).toEqual([1, 0]);
  first.join(member);
  expect([rooms.editors(id), rooms.editors("01HZY0000000000000000000AB")]).toEqual([1, 0]);
});

test("evicts a room a while after its last connection left, and asks for a checkpoint of it", async () => {
  const { rooms, projections, id } = start();
  const room = await rooms.acquire(id);
  await rooms.acquire(id);
  rooms.release(room);
  vi.advanceTimersByTime(10 * idleMs);
  expect(rooms.count).toBe(1);
  rooms.release(room);
  vi.advanceTimersByTime(idleMs - 1);
  expect([rooms.count, projections.settled]).toEqual([1, []]);
  vi.advanceTimersByTime(1);
  expect([rooms.count, projections.settled, projections.watchers.size]).toEqual([0, [id], 0]);
  expect(await rooms.acquire(id)).not.toBe(room);
});

test("keeps a room to which somebody comes back in time, and waits anew when they leave", async () => {
  const { rooms, id } = start();
  const room = await rooms.acquire(id);
  rooms.release(room);
  vi.advanceTimersByTime(idleMs - 1);
  expect(await rooms.acquire(id)).toBe(room);
  rooms.release(room);
  vi.advanceTimersByTime(idleMs - 1);
  expect(await rooms.acquire(id)).toBe(room);
  vi.advanceTimersByTime(10 * idleMs);
  expect(rooms.count).toBe(1);
});

test("keeps a room until everything it took is on disk, since the next opening reads the disk", async () => {
  const { rooms, log, id } = start();
  const room = await rooms.acquire(id);
  for (const update of threeWords()) take(room, update);
  rooms.release(room);
  vi.advanceTimersByTime(10 * idleMs);
  expect(rooms.count).toBe(1);
  await log.commit();
  vi.advanceTimersByTime(idleMs);
  expect(rooms.count).toBe(0);
});

test("does not use a room again whose updates may not be on disk", async () => {
  const { rooms, log, projections, id } = start();
  const room = await rooms.acquire(id);
  take(room, threeWords()[0] ?? Uint8Array.of());
  await log.fail(new Error("the disk is gone"));
  expect([rooms.count, projections.watchers.size]).toEqual([0, 0]);
  const next = await rooms.acquire(id);
  expect(next).not.toBe(room);
  // Those who were in the failed room leave it one by one, which is no concern of the new one's.
  rooms.release(room);
  vi.advanceTimersByTime(10 * idleMs);
  expect(rooms.count).toBe(1);
  rooms.release(next);
  vi.advanceTimersByTime(idleMs);
  expect(rooms.count).toBe(0);
});

test("forgets a room that could not be opened, so that the next attempt is a new one", async () => {
  const { rooms, projections, id } = start();
  const broken = vi.spyOn(projections.catalogue, "checkpoint").mockImplementation(() => {
    throw new Error("damaged");
  });
  await expect(rooms.acquire(id)).rejects.toThrow("damaged");
  broken.mockRestore();
  expect(rooms.count).toBe(0);
  expect(textIn(await rooms.acquire(id))).toBe("");
});
