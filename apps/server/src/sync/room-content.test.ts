import { encodeUpdate } from "@scriptorium/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { checkpointOf } from "../testing/checkpoint-of";
import { contentOf, docOf, editsTogether, updatesOf } from "../testing/edits";
import { protocolErrorOf } from "../testing/protocol-error-of";
import { readFrames } from "../testing/read-frames";
import { RoomContent } from "./room-content";
import { readUpdateFacts } from "./update-facts";

/** Positions in the log grow, but are not dense. */
const positionOf = (index: number) => index * 7 + 3;

/** Turns of the event loop that bring one, two or three updates. */
const unevenTurns = (index: number) => index % 3 !== 1 && index % 5 !== 1;

/**
 * The content of a room that began with a checkpoint of the first `checkpointed` updates, where that is not 0. A turn
 * ends behind each update for which `endsTurn` holds.
 */
function contentAfter(updates: readonly Uint8Array[], checkpointed = 0, endsTurn = unevenTurns): RoomContent {
  const content = new RoomContent(
    checkpointed === 0
      ? undefined
      : checkpointOf(docOf(updates.slice(0, checkpointed)), positionOf(checkpointed - 1)),
  );
  updates.forEach((update, index) => {
    const position = positionOf(index);
    const entry = { position, revision: BigInt(position) * 1000n, update };
    if (index >= checkpointed) content.add(entry, readUpdateFacts(update));
    if (endsTurn(index)) content.endTurn();
  });
  return content;
}

/** Applies what a replica lacks. */
function bringUpToDate(replica: Y.Doc, content: RoomContent): void {
  for (const update of content.missingFrom(Y.encodeStateVector(replica))) Y.applyUpdate(replica, update);
}

test("completes any replica, however old, wherever checkpoints lie and whenever they come", () => {
  const replicaHas = fc.oneof(
    // Somebody who left at some point, and somebody who has heard this and that.
    fc.nat(1000).map((through) => (index: number) => index < through % 40),
    fc
      .array(fc.boolean(), { minLength: 40, maxLength: 40 })
      .map((has) => (index: number) => has[index] === true),
  );
  const points = fc.tuple(fc.nat(1000), fc.array(fc.nat(1000), { maxLength: 3 }));
  fc.assert(
    fc.property(editsTogether, replicaHas, points, (edits, has, [checkpointed, rebases]) => {
      const updates = updatesOf(edits);
      const count = updates.length + 1;
      const content = contentAfter(updates, checkpointed % count);
      const full = docOf(updates);
      for (const through of [undefined, ...rebases.map((rebase) => rebase % count)]) {
        if (through !== undefined && through > 0) {
          content.rebase(checkpointOf(docOf(updates.slice(0, through)), positionOf(through - 1)));
        }
        const replica = docOf(updates.filter((_, index) => has(index)));
        bringUpToDate(replica, content);
        expect(contentOf(replica)).toEqual(contentOf(full));
        expect(Y.decodeStateVector(content.encodeStateVector())).toEqual(
          Y.decodeStateVector(Y.encodeStateVector(full)),
        );
      }
    }),
    { numRuns: 120 },
  );
});

test("lets go of the updates that a checkpoint holds, and of none behind it", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one ", "two ", "three "]) doc.getText("content").insert(0, word);
  const content = contentAfter(updates, 0, () => true);
  const bytesFrom = (index: number) => updates.slice(index).reduce((sum, { length }) => sum + length, 0);
  expect(content.tailBytes).toBe(bytesFrom(0));
  content.rebase(checkpointOf(docOf(updates.slice(0, 2)), positionOf(1)));
  expect(content.tailBytes).toBe(bytesFrom(2));
  // An older checkpoint that comes late changes nothing.
  content.rebase(checkpointOf(docOf(updates.slice(0, 1)), positionOf(0)));
  expect(content.tailBytes).toBe(bytesFrom(2));
  expect(content.missingFrom(Y.encodeStateVector(new Y.Doc()))).toHaveLength(2);
});

test("sends a complete replica no insertion again, but every delete, of which its state vector tells nothing", () => {
  const author = new Y.Doc();
  const updates: Uint8Array[] = [];
  author.on("update", (update: Uint8Array) => updates.push(update));
  const text = author.getText("content");
  text.insert(0, "to be deleted later, and deleted at once");
  text.delete(20, 20);
  text.insert(0, "and more ");
  text.delete(0, 4);
  for (const checkpointed of [0, 2, 4]) {
    const missing = contentAfter(updates, checkpointed).missingFrom(Y.encodeStateVector(author));
    const structs = missing.flatMap((update) => readUpdateFacts(update).structs);
    expect(structs).toEqual([]);
  }
});

test("knows an update that a checkpoint holds, also one of deletes only", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.getText("content").insert(0, "abc");
  doc.getText("content").delete(1, 1);
  const content = contentAfter(updates, 2);
  expect(updates.map((update) => content.judge(readUpdateFacts(update)))).toEqual(["known", "known"]);
});

test("has nothing for an empty room's first client", () => {
  const replica = new Y.Doc();
  bringUpToDate(replica, new RoomContent(undefined));
  expect(contentOf(replica)).toEqual(contentOf(new Y.Doc()));
  expect(new RoomContent(undefined).missingFrom(Uint8Array.of(0))).toEqual([]);
});

test("refuses bytes that are no state vector", () => {
  const content = new RoomContent(undefined);
  for (const bytes of [Uint8Array.of(), Uint8Array.of(1), Uint8Array.of(2, 7, 1, 9)]) {
    expect(protocolErrorOf(() => content.missingFrom(bytes)).code).toBe("MALFORMED");
  }
});

test("compresses what a newcomer is sent once, however many ask at the same time", async () => {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "something long, ".repeat(200));
  const content = new RoomContent(checkpointOf(doc, 1));
  const [state] = content.missingFrom(Uint8Array.of(0));
  if (state === undefined) return expect.fail("there is a checkpoint");
  expect(content.compressedFrameOf(state)).toBeUndefined();
  await Promise.all([content.compress(), content.compress()]);
  const frame = content.compressedFrameOf(state);
  expect(Buffer.concat(frame ?? []).length).toBeLessThan(state.length / 4);
  await content.compress();
  expect(content.compressedFrameOf(state)).toBe(frame);
});

test("sends a large checkpoint as the projections have compressed it", async () => {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "something long, ".repeat(2000));
  const checkpoint = checkpointOf(doc, 1);
  const content = new RoomContent(checkpoint);
  await content.compress();
  const frame = content.compressedFrameOf(checkpoint.state) ?? [];
  expect(frame).toContain(checkpoint.deflated);
  expect(readFrames(frame)).toEqual([encodeUpdate(checkpoint.state)]);
});
