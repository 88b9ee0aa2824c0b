import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { docOf, editsTogether, updatesOf } from "../testing/edits";
import { setText } from "./set-text";

const nobody = () => false;
const textOf = (doc: Y.Doc) => doc.getText("content").toString();

function docWith(text: string): Y.Doc {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, text);
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  return docOf([Y.encodeStateAsUpdate(doc)]);
}

test("a document says what it is set to, and so does whoever gets the update", () => {
  fc.assert(
    fc.property(editsTogether, fc.string({ unit: "grapheme", maxLength: 60 }), (edits, text) => {
      const doc = docOf(updatesOf(edits));
      const other = copyOf(doc);
      const edit = setText(doc, text, nobody);
      if (edit !== undefined) Y.applyUpdate(other, edit.update);
      const wanted = text.replace(/\r\n?/g, "\n");
      expect([textOf(doc), textOf(other)]).toEqual([wanted, wanted]);
      expect(setText(doc, text, nobody)).toBeUndefined();
    }),
  );
});

test("what others do meanwhile stays, and what was set is there, too", () => {
  const lines = fc.array(fc.stringMatching(/^[a-e ]{0,8}$/), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, fc.nat(), fc.nat(), (old, next, at, from) => {
      const base = docWith(old.join("\n"));
      const current = copyOf(base);
      const content = current.getText("content");
      // What somebody types is none of the letters that are set.
      content.insert(at % (content.length + 1), "XYZ");
      const gone = from % content.length;
      const deleted = content.toString().slice(gone, gone + 1);
      if (!"XYZ".includes(deleted)) content.delete(gone, 1);
      const edit = setText(base, next.join("\n"), nobody);
      if (edit !== undefined) Y.applyUpdate(current, edit.update);
      expect(textOf(current)).toContain("XYZ");
      const others = textOf(current).replace("XYZ", "");
      const set = next.join("\n");
      // At most the one character that was deleted lacks.
      expect(set.length - others.length).toBeLessThanOrEqual(1);
      expect([set, ...[...set].map((_, index) => set.slice(0, index) + set.slice(index + 1))]).toContain(
        others,
      );
      expect(current.store.pendingStructs).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test("writes under a number that nobody has", () => {
  const doc = docWith("one");
  const mine = doc.clientID;
  const asked: number[] = [];
  const edit = setText(doc, "two", (id) => asked.push(id) === 1);
  expect(asked).toHaveLength(2);
  const { structs } = Y.decodeUpdate(edit?.update ?? new Uint8Array());
  const writers = new Set(structs.map(({ id }) => id.client));
  expect([...writers]).toEqual([asked[1]]);
  expect(writers).not.toContain(mine);
});

test("line ends become those of the text that is there", () => {
  const unix = docWith("one\ntwo\n");
  expect(setText(unix, "one\r\ntwo\r\n", nobody)).toBeUndefined();
  setText(unix, "one\r\nthree\r\n", nobody);
  expect(textOf(unix)).toBe("one\nthree\n");

  const windows = docWith("one\r\ntwo\r\n");
  setText(windows, "one\r\nthree\r\n", nobody);
  expect(textOf(windows)).toBe("one\r\nthree\r\n");
});

test("half a surrogate pair that somebody has written stays as it is where nothing changes", () => {
  const doc = docWith("a\ud83d b");
  expect(setText(doc, "a\ufffd b", nobody)).toBeUndefined();
  setText(doc, "a\ufffd bc", nobody);
  expect(textOf(doc)).toBe("a\ud83d bc");
});

test("what is no text stays between the characters where it is", () => {
  const doc = docWith("one two three");
  const content = doc.getText("content");
  content.insertEmbed(7, { image: "b" });
  content.insertEmbed(4, { image: "a" });
  setText(doc, "one 2 three!", nobody);
  expect(textOf(doc)).toBe("one 2 three!");
  const embeds = content.toDelta().map(({ insert }: { insert: unknown }) => insert);
  expect(embeds).toEqual([
    expect.stringMatching(/^one/),
    { image: "a" },
    expect.anything(),
    ...embeds.slice(3),
  ]);
  expect(embeds).toContainEqual({ image: "b" });
});
