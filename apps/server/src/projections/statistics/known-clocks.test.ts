import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { docOf, editsTogether, updatesOf } from "../../testing/edits";
import { KnownClocks } from "./known-clocks";

function countOf(updates: Iterable<Uint8Array>, known = new KnownClocks()) {
  let inserted = 0;
  let deleted = 0;
  for (const update of updates) {
    const brought = known.learn(update);
    inserted += brought.inserted;
    deleted += brought.deleted;
  }
  return { inserted, deleted, length: inserted - deleted };
}

test("what was inserted less what was deleted is the text's length, whoever deleted the same at the same time", () => {
  fc.assert(
    fc.property(editsTogether, (edits) => {
      const updates = updatesOf(edits);
      const { length } = docOf(updates).getText("content");
      expect(countOf(updates).length).toBe(length);
      const again = [...updates, Y.mergeUpdates(updates), Y.encodeStateAsUpdate(docOf(updates))];
      expect(countOf(again), "what is handed over again counts nothing").toEqual(countOf(updates));
    }),
  );
});

test("goes on from a checkpoint as if it had seen all that the checkpoint holds", () => {
  fc.assert(
    fc.property(editsTogether, fc.nat(), (edits, cut) => {
      const updates = updatesOf(edits);
      const before = updates.slice(0, cut % (updates.length + 1));
      const doc = docOf(before);
      const stateVector = Y.encodeStateVector(doc);
      const known = new KnownClocks();
      known.learnClocks(Y.decodeStateVector(stateVector));
      known.learn(Y.encodeStateAsUpdate(doc, stateVector));
      const all = countOf(updates);
      const first = countOf(before);
      expect(countOf(updates.slice(before.length), known)).toEqual({
        inserted: all.inserted - first.inserted,
        deleted: all.deleted - first.deleted,
        length: all.length - first.length,
      });
    }),
  );
});

test("counts UTF-16 units, and no settings", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.getText("content").insert(0, "😀é");
  doc.getMap("settings").set("tabs", 4);
  doc.getText("content").delete(0, 2);
  expect(countOf(updates)).toEqual({ inserted: 3, deleted: 2, length: 1 });
});

test("counts nothing of what is no update", () => {
  expect(countOf([Uint8Array.of(1, 1, 9), new Uint8Array()])).toEqual({ inserted: 0, deleted: 0, length: 0 });
});
