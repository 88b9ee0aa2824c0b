import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { editsTogether, updatesOf } from "../testing/edits";
import { scanUpdate } from "./scan-update";

function scan(update: Uint8Array) {
  const structs: [client: number, from: number, to: number, isText: boolean][] = [];
  const deletions: [client: number, from: number, to: number][] = [];
  scanUpdate(update, {
    struct: (...struct) => structs.push(struct),
    deletion: (...deletion) => deletions.push(deletion),
  });
  return { structs, deletions };
}

/** What Yjs itself makes of an update. */
function decoded(update: Uint8Array): ReturnType<typeof scan> {
  const { structs, ds } = Y.decodeUpdate(update);
  return {
    structs: structs.flatMap((struct) => {
      if (struct instanceof Y.Skip) return [];
      const { client, clock } = struct.id;
      const isText =
        struct instanceof Y.GC ||
        struct.content instanceof Y.ContentString ||
        struct.content instanceof Y.ContentDeleted;
      const found: ReturnType<typeof scan>["structs"] = [[client, clock, clock + struct.length, isText]];
      return found;
    }),
    deletions: [...ds.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }): [number, number, number] => [client, clock, clock + len]),
    ),
  };
}

test("reads what Yjs reads, of every update of people who write together, and of all of them merged", () => {
  fc.assert(
    fc.property(editsTogether, (edits) => {
      const updates = updatesOf(edits);
      for (const update of [...updates, Y.mergeUpdates(updates)])
        expect(scan(update)).toEqual(decoded(update));
    }),
  );
});

test("reads every kind of content, and what was collected as garbage", () => {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, "a😀ü\u{10ffff}");
  text.format(0, 1, { bold: true, size: 1.5 });
  text.insertEmbed(1, { image: "x" });
  doc
    .getArray("list")
    .insert(0, [1, -7, 2 ** 40, "s", true, false, null, { deep: [0.1, 10n] }, new Uint8Array(3)]);
  doc.getMap("settings").set("tabs", 4);
  doc.getMap("settings").set("tabs", 8);
  doc.getMap("settings").set("nested", new Y.Map());
  doc.getArray("list").push([new Y.XmlHook("hook")]);
  const xml = new Y.XmlElement("p");
  doc.getXmlFragment("page").insert(0, [xml, new Y.XmlText("words")]);
  xml.insert(0, [new Y.XmlText("in it")]);
  doc.getMap("documents").set("other", new Y.Doc({ meta: { of: "it" } }));
  text.delete(0, 2);
  doc.getXmlFragment("page").delete(0, 1);

  const update = Y.encodeStateAsUpdate(doc);
  expect(scan(update)).toEqual(decoded(update));
  expect(scan(update).structs.some(([, , , isText]) => !isText)).toBe(true);
});

test("passes over what an update leaves out", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["one", "two", "three"]) doc.getText("content").insert(0, word);
  const [first, , third] = updates;
  if (first === undefined || third === undefined) return expect.fail("three updates");
  const gapped = Y.mergeUpdates([first, third]);
  expect(scan(gapped)).toEqual(decoded(gapped));
  expect(scan(gapped).structs).toHaveLength(2);
});

test("refuses whatever is cut off", () => {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "some text");
  doc.getText("content").delete(2, 3);
  const update = Y.encodeStateAsUpdate(doc);
  for (let length = 0; length < update.length; length++) {
    expect(() => scan(update.subarray(0, length))).toThrow(RangeError);
  }
});
