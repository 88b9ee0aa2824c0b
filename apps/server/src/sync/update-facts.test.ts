import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { docOf, editsTogether, updatesOf } from "../testing/edits";
import { emptyStruct, forwardParent, poison, poisonable } from "../testing/poison";
import { protocolErrorOf } from "../testing/protocol-error-of";
import { readUpdateFacts } from "./update-facts";

test("tells which clocks an update brings and which it deletes", () => {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const text = doc.getText("content");
  text.insert(0, "hello");
  text.delete(1, 3);
  text.insert(2, "!");
  expect(readUpdateFacts(Y.encodeStateAsUpdate(doc))).toEqual({
    structs: [{ client: 7, from: 0, to: 6 }],
    deletes: [{ client: 7, from: 1, to: 4 }],
    references: new Map(),
  });
});

test("leaves out what an update skips", () => {
  const updates: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.clientID = 7;
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one", "two", "three"]) doc.getText("content").insert(0, word);
  const [first, , third] = updates;
  if (first === undefined || third === undefined) expect.fail("three updates were made");
  expect(readUpdateFacts(Y.mergeUpdates([first, third]))).toEqual({
    structs: [
      { client: 7, from: 0, to: 3 },
      { client: 7, from: 6, to: 11 },
    ],
    deletes: [],
    references: new Map(),
  });
});

test("tells of a whole document what its state vector and its snapshot say", () => {
  fc.assert(
    fc.property(editsTogether, (edits) => {
      const doc = docOf(updatesOf(edits));
      const { structs, deletes } = readUpdateFacts(Y.encodeStateAsUpdate(doc));
      const clocks = new Map(structs.map(({ client, from, to }) => [client, { from, to }]));
      expect(clocks.size).toBe(structs.length);
      for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
        expect(clocks.get(client)).toEqual({ from: 0, to: clock });
      }
      const deleted = [...Y.snapshot(doc).ds.clients].flatMap(([client, items]) =>
        items.map(({ clock, len }) => ({ client, from: clock, to: clock + len })),
      );
      expect(deletes).toHaveLength(deleted.length);
      expect(deletes).toEqual(expect.arrayContaining(deleted));
    }),
    { numRuns: 100 },
  );
});

test("refuses every truncation of an update, also amid other bytes in memory", () => {
  fc.assert(
    fc.property(editsTogether, (edits) => {
      const update = Y.encodeStateAsUpdate(docOf(updatesOf(edits)));
      const amid = Uint8Array.of(...update, ...update);
      for (let length = 0; length < update.length; length++) {
        expect(protocolErrorOf(() => readUpdateFacts(amid.subarray(0, length))).code).toBe("MALFORMED");
      }
    }),
    { numRuns: 20 },
  );
});

test("answers arbitrary bytes with facts or with MALFORMED, nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40, max: 200 }), (garbage) => {
      try {
        readUpdateFacts(garbage);
      } catch (error) {
        expect(error).toMatchObject({ name: "ProtocolError", code: "MALFORMED" });
      }
    }),
    { numRuns: 2000 },
  );
});

test("refuses what Yjs decodes and cannot apply", () => {
  for (const update of [poison, forwardParent, emptyStruct]) {
    expect(() => Y.decodeUpdate(update)).not.toThrow();
    expect(() => docOf([poisonable(), update])).toThrow();
    expect(protocolErrorOf(() => readUpdateFacts(update)).code).toBe("MALFORMED");
  }
});

test("refuses a deletion of nothing", () => {
  const deletionOfNothing = Uint8Array.of(0, 1, 1, 1, 3, 0);
  expect(protocolErrorOf(() => readUpdateFacts(deletionOfNothing)).message).toBe("a deletion of nothing");
});

test("takes all that editing makes, merged and torn apart in any way", () => {
  fc.assert(
    fc.property(editsTogether, fc.array(fc.nat(1000), { minLength: 1 }), (edits, numbers) => {
      const updates = updatesOf(edits);
      if (updates.length === 0) return;
      const picked = numbers.flatMap((number) => updates[number % updates.length] ?? []);
      const state = Y.encodeStateAsUpdate(docOf(updates));
      const missing = Y.diffUpdate(state, Y.encodeStateVector(docOf(picked)));
      for (const part of [...updates, Y.mergeUpdates(picked), state, missing]) {
        expect(() => readUpdateFacts(part)).not.toThrow();
      }
    }),
    { numRuns: 60 },
  );
});

test("names the newest struct of each other client that the structs stand beside", () => {
  const ada = new Y.Doc();
  ada.clientID = 7;
  ada.getText("content").insert(0, "abcdef");
  const grace = new Y.Doc();
  grace.clientID = 8;
  Y.applyUpdate(grace, Y.encodeStateAsUpdate(ada));
  const before = Y.encodeStateVector(grace);
  grace.getText("content").insert(3, "!");
  const { structs, references } = readUpdateFacts(Y.encodeStateAsUpdate(grace, before));
  expect(structs).toEqual([{ client: 8, from: 0, to: 1 }]);
  // Between the third letter and the fourth.
  expect(references).toEqual(new Map([[7, 4]]));
});
