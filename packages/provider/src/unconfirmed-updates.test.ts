import { expect, test } from "vitest";
import * as Y from "yjs";
import { UnconfirmedUpdates } from "./unconfirmed-updates";

/** A list that covers all of `doc`, whose edits from now on are reported by `edit`. */
function startCovered() {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  const updates = new UnconfirmedUpdates();
  updates.handedOver(1);
  updates.acknowledged(1);
  const edit = (change: (text: Y.Text) => void): Uint8Array => {
    let made: Uint8Array | undefined;
    const note = (update: Uint8Array) => {
      made = update;
    };
    doc.on("update", note);
    doc.transact(() => change(text));
    doc.off("update", note);
    if (made === undefined) throw new Error("nothing was changed");
    return made;
  };
  return { doc, text, updates, edit };
}

const nothing = Y.encodeStateVector(new Y.Doc());

function textOf(...updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getText("content").toString();
}

test("knows nothing of what the document held before, until a handover of it is acknowledged", () => {
  const doc = new Y.Doc();
  const updates = new UnconfirmedUpdates();
  expect(updates.missingFrom(nothing, doc)).toBeUndefined();
  updates.handedOver(3);
  updates.acknowledged(2);
  expect(updates.missingFrom(nothing, doc)).toBeUndefined();
  updates.acknowledged(3);
  expect(updates.missingFrom(nothing, doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
});

test("has what was not acknowledged, and nothing else", () => {
  const { doc, updates, edit } = startCovered();
  const first = edit((text) => text.insert(0, "saved "));
  updates.sent(first, 2);
  const had = Y.encodeStateVector(doc);
  updates.sent(
    edit((text) => text.insert(6, "in flight ")),
    3,
  );
  updates.acknowledged(2);
  updates.kept(edit((text) => text.delete(0, 1)));
  const missing = updates.missingFrom(had, doc) ?? expect.fail("must be known");
  expect(textOf(first, missing)).toBe("aved in flight ");
  expect(textOf(missing)).toBe("");
});

test("keeps what the server sent until a quiet note, whatever is acknowledged", () => {
  const { doc, updates, edit } = startCovered();
  updates.received(edit((text) => text.insert(0, "relayed")));
  updates.acknowledged(100);
  expect(textOf(updates.missingFrom(nothing, doc) ?? nothing)).toBe("relayed");
  const had = Y.encodeStateVector(doc);
  updates.noteQuiet();
  expect(updates.missingFrom(had, doc)).toEqual(Uint8Array.of(0, 0));
});

test("keeps what is in flight, and what was not sent, through a quiet note", () => {
  const { doc, updates, edit } = startCovered();
  updates.sent(
    edit((text) => text.insert(0, "in flight ")),
    2,
  );
  updates.kept(edit((text) => text.insert(0, "not sent, ")));
  updates.noteQuiet();
  expect(textOf(updates.missingFrom(nothing, doc) ?? nothing)).toBe("not sent, in flight ");
});

test("hands over anew, under a new number, what a lost connection left unconfirmed", () => {
  const { doc, updates, edit } = startCovered();
  updates.received(edit((text) => text.insert(0, "relayed ")));
  updates.sent(
    edit((text) => text.insert(8, "in flight")),
    2,
  );
  updates.connectionLost();
  updates.noteQuiet();
  updates.acknowledged(2);
  expect(textOf(updates.missingFrom(nothing, doc) ?? nothing)).toBe("relayed in flight");
  const had = Y.encodeStateVector(doc);
  updates.handedOver(1);
  updates.acknowledged(1);
  expect(updates.missingFrom(had, doc)).toEqual(Uint8Array.of(0, 0));
});

test("does not pass for complete when the server lacks structs that are not listed", () => {
  const { doc, updates, edit } = startCovered();
  updates.received(edit((text) => text.insert(0, "the server lost this ")));
  updates.noteQuiet();
  updates.kept(edit((text) => text.insert(21, "and lacks this")));
  expect(updates.missingFrom(nothing, doc)).toBeUndefined();
});

test("does not pass for complete when what the server lacks has a hole, or an end that is not listed", () => {
  const { doc, updates, edit } = startCovered();
  updates.kept(edit((text) => text.insert(0, "listed ")));
  edit((text) => text.insert(0, "not listed "));
  expect(updates.missingFrom(nothing, doc)).toBeUndefined();
  updates.kept(edit((text) => text.insert(0, "listed ")));
  expect(updates.missingFrom(nothing, doc)).toBeUndefined();
});

test("does not pass for complete while structs wait for others", () => {
  const { doc, updates } = startCovered();
  const other = new Y.Doc();
  other.getText("content").insert(0, "a");
  const had = Y.encodeStateVector(other);
  other.getText("content").insert(1, "b");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, had));
  expect(updates.missingFrom(nothing, doc)).toBeUndefined();
});

test.each([
  ["updates", 1001, "x"],
  ["bytes", 3, "x".repeat(400_000)],
])(
  "forgets the bytes of too many %s, and is complete again once those are confirmed",
  (_what, times, words) => {
    const { doc, updates, edit } = startCovered();
    let message = 1;
    for (let i = 0; i < times; i++) {
      updates.sent(
        edit((text) => text.insert(0, "y")),
        ++message,
      );
      updates.received(edit((text) => text.insert(0, words)));
    }
    expect(updates.missingFrom(Y.encodeStateVector(doc), doc)).toBeUndefined();
    updates.noteQuiet();
    updates.acknowledged(message - 1);
    expect(updates.missingFrom(Y.encodeStateVector(doc), doc)).toBeUndefined();
    updates.acknowledged(message);
    expect(updates.missingFrom(Y.encodeStateVector(doc), doc)).toEqual(Uint8Array.of(0, 0));
    const had = Y.encodeStateVector(doc);
    updates.kept(edit((text) => text.insert(0, "new")));
    expect(updates.missingFrom(had, doc)?.length).toBeLessThan(30);
  },
);
