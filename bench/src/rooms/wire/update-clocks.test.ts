import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { readClocks } from "./update-clocks";

function clocksOf(update: Uint8Array): Map<number, number> {
  const clocks = new Map<number, number>();
  readClocks(update, (client, clock) => clocks.set(client, clock));
  return clocks;
}

/** The updates of two people who type into one text, each character an update. */
function typedUpdates(edits: readonly { at: number; deleted: number; inserted: string }[]): Uint8Array[] {
  const docs = [1, 2 ** 31].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
  const updates: Uint8Array[] = [];
  for (const doc of docs) {
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "other") updates.push(update);
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, "other");
    });
  }
  for (const [index, { at, deleted, inserted }] of edits.entries()) {
    const text = docs[index % 2]?.getText("content");
    if (text === undefined) continue;
    const position = text.length === 0 ? 0 : at % text.length;
    text.insert(position, inserted);
    text.delete(position, Math.min(deleted, text.length - position));
  }
  return updates;
}

test("reads the clocks of typed, deleted and merged text as Yjs does", () => {
  const edit = fc.record({
    at: fc.nat(1000),
    deleted: fc.nat(3),
    inserted: fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 30 }), (edits) => {
      const updates = typedUpdates(edits);
      const everyOther = updates.filter((_, index) => index % 2 === 0);
      for (const update of [...updates, Y.mergeUpdates(updates), Y.mergeUpdates(everyOther)]) {
        expect(clocksOf(update)).toEqual(Y.parseUpdateMeta(update).to);
      }
    }),
  );
});

test("reads what is no text through Yjs", () => {
  const doc = new Y.Doc();
  doc.getMap("settings").set("colour", { red: 1 });
  doc.getArray("list").insert(0, [1, "two"]);
  const update = Y.encodeStateAsUpdate(doc);
  expect(clocksOf(update)).toEqual(Y.parseUpdateMeta(update).to);
});
