import fc from "fast-check";
import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { checkpointOf } from "../testing/checkpoint-of";
import { contentOf, docOf, editsTogether, updatesOf } from "../testing/edits";
import { createRoom } from "../testing/room-of";
import { readUpdateFacts } from "./update-facts";

const author = new Uint8Array(16).fill(7);

/** A room that has taken updates, all durable; and the revision of each. */
async function roomWith(updates: readonly Uint8Array[]) {
  const under = createRoom();
  const { room, log } = under;
  const member = { acknowledgeable: 0, sendUpdates() {}, sendAwareness() {}, sendEvent() {} };
  const nobody = { ...member, acknowledge() {}, noteDurable() {}, identify() {}, close() {} };
  for (const update of updates) {
    room.take(nobody, author, update, readUpdateFacts(update));
    room.relay();
  }
  await log.commit();
  return { ...under, revisions: log.entries.map(({ revision }) => revision) };
}

test("completes a client that has all up to any revision, wherever checkpoints lie and whenever they come", async () => {
  const points = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40));
  await fc.assert(
    fc.asyncProperty(editsTogether, points, async (edits, [seen, early, late]) => {
      const updates = updatesOf(edits);
      const { room, log, revisions } = await roomWith(updates);
      const checkpointAt = (through: number) => {
        const entry = log.entries[Math.min(through, log.entries.length - 1)];
        if (entry === undefined) return;
        const held = log.entries.filter(({ position }) => position <= entry.position);
        room.rebase(checkpointOf(docOf(held.map(({ payload }) => payload)), entry.position));
      };
      checkpointAt(early);
      const index = seen % (revisions.length + 1);
      const resumption = await room.resumption(revisions[index - 1] ?? 0n);
      // A checkpoint may come between the handshake and the first message.
      checkpointAt(late);
      const replica = docOf(updates.slice(0, index));
      const stateVector = Y.encodeStateVector(replica);
      const missing = resumption?.missing(room.content, stateVector) ?? room.content.missingFrom(stateVector);
      for (const update of missing) Y.applyUpdate(replica, update);
      expect(contentOf(replica)).toEqual(contentOf(docOf(updates)));
    }),
    { numRuns: 60 },
  );
});

test("sends the records behind the client's revision and nothing older, checkpoint or not", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (let letter = 0; letter < 100; letter++) doc.getText("content").insert(letter, "x");
  doc.getText("content").delete(0, 90);
  for (const through of [0, 100]) {
    const { room, log, revisions } = await roomWith(updates);
    if (through > 0) room.rebase(checkpointOf(doc, log.entries[through]?.position ?? 0));
    const replica = docOf(updates.slice(0, 99));
    const resumption = await room.resumption(revisions[98] ?? 0n);
    const missing = resumption?.missing(room.content, Y.encodeStateVector(replica)) ?? [];
    const bytes = missing.reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeLessThan(60);
    for (const update of missing) Y.applyUpdate(replica, update);
    expect(contentOf(replica)).toEqual(contentOf(doc));
  }
});

test("does not believe a client that lacks what it says it has, or that names a revision that never was", async () => {
  const updates = updatesOf(
    Array.from({ length: 9 }, (_, at) => ({ author: 0, act: "insert", at, length: 1, other: 0 })),
  );
  const { room, revisions } = await roomWith(updates);
  const resumption = await room.resumption(revisions[4] ?? 0n);
  const stateVector = Y.encodeStateVector(docOf(updates.slice(0, 3)));
  expect(resumption?.missing(room.content, stateVector)).toBeUndefined();
  expect(await room.resumption((revisions[8] ?? 0n) + 1n)).toBeUndefined();
});

test("does not resume a client that lacks so much that the difference to its state is cheaper", async () => {
  const text = new Y.Doc();
  const updates: Uint8Array[] = [];
  text.on("update", (update: Uint8Array) => updates.push(update));
  for (let part = 0; part < 4; part++) text.getText("content").insert(0, "x".repeat(30_000));
  const { room, log } = await roomWith(updates);
  room.rebase(checkpointOf(text, log.entries[3]?.position ?? 0));
  expect(await room.resumption(1n)).toBeUndefined();
  expect(await room.resumption(log.entries[2]?.revision ?? 0n)).toBeDefined();
});

test("does not resume out of a damaged log, and gives a client that is behind the checkpoint instead", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one ", "two ", "three "]) doc.getText("content").insert(0, word);
  const { room, log, revisions } = await roomWith(updates);
  const [first, second, third] = log.entries.map(({ position }) => position);
  if (first === undefined || second === undefined || third === undefined)
    return expect.fail("three were made");
  const checkpoint = checkpointOf(doc, third);
  room.rebase(checkpoint);
  log.damaged.add(second);
  expect(await room.resumption(revisions[0] ?? 0n)).toBeUndefined();
  const behind = await room.readBehind(first, 1);
  expect([behind.updates, behind.position]).toEqual([[checkpoint.state], third]);
});

test("does not resume out of history that was dropped", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one ", "two ", "three "]) doc.getText("content").insert(0, word);
  const { room, log, revisions } = await roomWith(updates);
  const checkpoint = checkpointOf(doc, log.entries[2]?.position ?? 0);
  room.rebase(checkpoint);
  log.horizonPosition = log.entries[1]?.position ?? 0;
  log.horizonRevision = revisions[1] ?? 0n;
  expect(await room.resumption(revisions[0] ?? 0n)).toBeUndefined();
  expect(await room.resumption(revisions[1] ?? 0n)).toBeDefined();
  expect((await room.readBehind(log.entries[0]?.position ?? 0, 1)).updates).toEqual([checkpoint.state]);
});

test("does not take for whole what history was dropped from while it was read", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one ", "two ", "three "]) doc.getText("content").insert(0, word);
  const { room, log, revisions } = await roomWith(updates);
  const [first, second, third] = log.entries;
  if (first === undefined || second === undefined || third === undefined)
    return expect.fail("three were made");
  const checkpoint = checkpointOf(doc, third.position);
  room.rebase(checkpoint);
  log.readDocument = async function* () {
    log.horizonPosition = second.position;
    log.horizonRevision = second.revision;
    yield third;
  };
  expect((await room.readBehind(first.position, 1)).updates).toEqual([checkpoint.state]);
  log.horizonPosition = 0;
  log.horizonRevision = 0n;
  expect(await room.resumption(revisions[0] ?? 0n)).toBeUndefined();
});

test("reads the log once for all who come back at the same time with the same revision", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one ", "two ", "three "]) doc.getText("content").insert(0, word);
  const { room, log, revisions } = await roomWith(updates);
  room.rebase(checkpointOf(doc, log.entries[2]?.position ?? 0));
  const reads = vi.spyOn(log, "readDocument");
  const all = Array.from({ length: 10 }, () => room.resumption(revisions[0] ?? 0n));
  expect(new Set(await Promise.all(all)).size).toBe(1);
  expect(reads).toHaveBeenCalledTimes(1);
  await room.resumption(revisions[0] ?? 0n);
  expect(reads).toHaveBeenCalledTimes(2);
});
