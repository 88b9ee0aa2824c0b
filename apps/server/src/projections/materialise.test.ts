import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { contentOf, docOf, editsTogether, updatesOf } from "../testing/edits";
import { poison, poisonable } from "../testing/poison";
import { materialise } from "./materialise";

const at = (updates: readonly Uint8Array[], first = 1) =>
  updates.map((update, index) => ({ position: first + index, update }));

/** An update by client `clientId` that inserts `content` at the start of {@link poisonable}. */
function insertion(clientId: number, content: string): Uint8Array {
  const doc = docOf([poisonable()]);
  doc.clientID = clientId;
  const before = Y.encodeStateVector(doc);
  doc.getText("content").insert(0, content);
  return Y.encodeStateAsUpdate(doc, before);
}

test("builds what the updates make, wherever the checkpoint lies", () => {
  fc.assert(
    fc.property(editsTogether, fc.nat(1000), (edits, cut) => {
      const updates = updatesOf(edits);
      const count = cut % (updates.length + 1);
      const state = count === 0 ? undefined : Y.encodeStateAsUpdate(docOf(updates.slice(0, count)));
      const { doc, quarantined } = materialise(state, at(updates.slice(count)));
      expect([contentOf(doc), quarantined]).toEqual([contentOf(docOf(updates)), []]);
    }),
    { numRuns: 60 },
  );
});

test("is given a poisonous update here that decodes, and throws when applied", () => {
  expect(() => Y.decodeUpdate(poison)).not.toThrow();
  expect(() => docOf([poisonable(), poison])).toThrow();
});

test("leaves out a poisonous update, names it, and keeps all others", () => {
  const updates = [poisonable(), insertion(3, "before "), poison, insertion(4, "after ")];
  for (const state of [undefined, poisonable()]) {
    const { doc, quarantined } = materialise(state, at(updates, 40));
    expect(quarantined).toEqual([{ position: 42, error: expect.stringMatching(/TypeError/) }]);
    const expected = docOf([poisonable(), insertion(3, "before "), insertion(4, "after ")]);
    expect(contentOf(doc)).toEqual(contentOf(expected));
  }
});

test("leaves out all of an update of which a part is poisonous", () => {
  const half = Y.mergeUpdates([insertion(5, "from a poisonous update "), poison]);
  expect(() => docOf([poisonable(), half])).toThrow();
  const { doc, quarantined } = materialise(poisonable(), at([half, insertion(3, "x")]));
  expect(quarantined.map(({ position }) => position)).toEqual([1]);
  expect(contentOf(doc)).toEqual(contentOf(docOf([poisonable(), insertion(3, "x")])));
});

test("names every poisonous update", () => {
  const { doc, quarantined } = materialise(poisonable(), at([poison, insertion(3, "x"), poison, poison]));
  expect(quarantined.map(({ position }) => position)).toEqual([1, 3, 4]);
  expect(doc.getText("content").toString()).toBe("xhello world");
});
