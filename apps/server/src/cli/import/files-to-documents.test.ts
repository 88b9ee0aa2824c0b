import { ulidToBytes } from "@scriptorium/ids";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type WrittenRevision, writePad } from "../../../test/harness/write-changeset";
import { decodeAuthorRecord, decodeCreatedRecord } from "../../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream } from "../../storage/stream";
import { documentOfText, documentsOfEtherpad, type FileDocument } from "./files-to-documents";

const beganMs = Date.UTC(2025, 4, 1);
const text = "a.text";

test("every revision of a pad is an edit by its author at its time, and leaves the text that it left there", () => {
  const authors = ["a.ada", "a.grace", ""];
  const step = fc.record({
    at: fc.nat(),
    deleted: fc.nat({ max: 12 }),
    inserted: fc.string({ unit: fc.constantFrom("a", "b", "ü", "\n", "漢"), maxLength: 12 }),
    author: fc.constantFrom(...authors),
    waitedMs: fc.nat({ max: 5000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const revisions = fitted(steps);
      const { json, texts } = writePad("minutes", revisions, { "a.ada": "Ada" });
      const [document, ...others] = documentsOfEtherpad(etherpad(json));
      expect(others).toEqual([]);
      expect(textsOf(document)).toEqual(["\n", ...distinctTexts(revisions, texts)]);
      const edits = (document?.records ?? []).filter(({ stream }) => stream === Stream.text).slice(1);
      const changing = revisions.filter(({ deleted, inserted }) => deleted > 0 || inserted !== "");
      expect(edits.map(({ timeMs }) => timeMs)).toEqual(changing.map(({ timeMs }) => timeMs));
      expect(namesOf(document, edits)).toEqual(changing.map(({ author }) => authorOf(author)));
    }),
  );
});

test("a pad that several write in keeps who wrote what, in Yjs, too", () => {
  const { json } = writePad("minutes", [
    { at: 0, deleted: 0, inserted: "one two", author: "a.ada", timeMs: beganMs },
    { at: 4, deleted: 0, inserted: "and ", author: "a.grace", timeMs: beganMs + 1 },
    { at: 0, deleted: 3, inserted: "", author: "a.grace", timeMs: beganMs + 2 },
  ]);
  const [document] = documentsOfEtherpad(etherpad(json));
  const doc = docOf(document);
  expect(doc.getText("content").toString()).toBe(" and two\n");
  expect(Y.decodeStateVector(Y.encodeStateVector(doc)).size).toBe(2);
});

test("the same export gives the same document, another state of the pad another", () => {
  const revisions: WrittenRevision[] = [
    { at: 0, deleted: 0, inserted: "one", author: "a.ada", timeMs: beganMs },
    { at: 3, deleted: 0, inserted: "!", author: "a.ada", timeMs: beganMs + 1 },
  ];
  const [whole] = documentsOfEtherpad(etherpad(writePad("minutes", revisions).json));
  const [again] = documentsOfEtherpad(etherpad(writePad("minutes", revisions).json));
  const [older] = documentsOfEtherpad(etherpad(writePad("minutes", revisions.slice(0, 1)).json));
  expect(again).toEqual(whole);
  expect(older?.id).not.toBe(whole?.id);
});

test("clocks that went back leave the order as it was", () => {
  const times = [5000, 3000, 4000, 6000];
  const revisions = times.map((ms) => ({
    ...{ at: 0, deleted: 0, inserted: "x", author: "a.ada" },
    timeMs: beganMs + ms,
  }));
  const [document] = documentsOfEtherpad(etherpad(writePad("minutes", revisions).json));
  const edits = (document?.records ?? []).filter(({ stream }) => stream === Stream.text).slice(1);
  expect(edits.map(({ timeMs }) => timeMs - beganMs)).toEqual([5000, 5000, 5000, 6000]);
});

test("titles: of a pad its name, of a group's pad without the group; chat is left out", () => {
  const json = writePad("g.s8oes9dhwrvt0zif$Weekly_minutes", []).json;
  const [document] = documentsOfEtherpad(
    etherpad({
      ...json,
      "pad:g.s8oes9dhwrvt0zif$Weekly_minutes:chat:0": { text: "hi", userId: "a.ada", time: 1 },
    }),
  );
  expect(titleOf(document)).toBe("Weekly minutes");
  expect(document?.left).toBe("its chat, 1 message");
});

const revision = { at: 0, deleted: 0, inserted: "one", author: "a.ada", timeMs: beganMs };
const sound = writePad("minutes", [revision, { ...revision, at: 3, inserted: " two" }]).json;
const { "pad:minutes:revs:1": _gone, ...incomplete } = sound;

test.each([
  ["no JSON", "hello", "it is not JSON"],
  ["a list", [], "is no export of Etherpad"],
  ["another object", { pads: [] }, "it has no pad"],
  ["a missing revision", incomplete, "pad:minutes:revs:1 is missing"],
  [
    "a number of revisions that are not there",
    { ...sound, "pad:minutes": { atext: { text: "" }, head: 1e12 } },
    "revs:2 is missing",
  ],
  ["a revision without a changeset", { ...sound, "pad:minutes:revs:1": {} }, "revs:1 is not as it should be"],
  [
    "a changeset that does not fit",
    { ...sound, "pad:minutes:revs:1": { changeset: "Z:3>1*0+1$x" } },
    "does not fit",
  ],
  [
    "revisions of another text",
    { ...sound, "pad:minutes": { atext: { text: "x\n" }, head: 1 } },
    "do not come to its text",
  ],
])("an export with %s is refused", (_title, json, message) => {
  expect(() => documentsOfEtherpad(etherpad(json))).toThrow(message);
});

const files: [string, string, object][] = [
  ["notes.md", "Some text", { title: "notes", language: "Markdown", tags: [] }],
  ["notes.md", "# The *heading* #\n\ntext", { title: "The *heading*" }],
  ["notes.md", "text\n# later", { title: "notes" }],
  ["a/b c/notes.txt", "text", { title: "notes", language: "Plain Text", tags: ["a", "b c"] }],
  ["a/A/notes.txt", "text", { tags: ["a"] }],
  ["src/main.py", "# a comment", { title: "main.py", language: "Python", tags: ["src"] }],
  ["LICENSE", "text", { title: "LICENSE" }],
  [
    "hedgedoc.zip/Minutes.md",
    "---\ntitle: 'In front'\ntags: paper, \"old one\"\n---\n# Heading",
    { title: "In front", tags: ["paper", "old one"] },
  ],
  ["n.md", "---\ntags:\n  - paper\n  - ink\n---\n# Heading", { title: "Heading", tags: ["paper", "ink"] }],
  ["n.md", "# Heading\n\n###### tags: `paper` `ink`\n", { title: "Heading", tags: ["paper", "ink"] }],
  ["n.md", "---\nnever closed", { title: "n" }],
];

test.each(files)("the file %s with %j becomes %j", (path, content, expected) => {
  const document = documentOfText({ path, modifiedMs: beganMs, bytes: Buffer.from(content) });
  const created = document.records.find(({ kind }) => kind === CatalogueKind.created);
  expect(decodeCreatedRecord(created?.payload ?? new Uint8Array())).toMatchObject(expected);
  expect(textsOf(document)).toEqual([content]);
});

test.each([
  ["zeros", Buffer.from([1, 0, 2]), "is no text"],
  ["a PDF", Buffer.from("%PDF-1.7"), "is no text"],
  [
    "letters of another encoding",
    Buffer.from([0x61, 0xe4, 0x62]),
    "is neither in UTF-8 nor says what it is in",
  ],
])("a file of %s is refused", (_title, bytes, message) => {
  expect(() => documentOfText({ path: text, modifiedMs: beganMs, bytes })).toThrow(message);
});

test("a byte order mark says what a text is in, and is no part of it", () => {
  const bytes = Buffer.from("\ufeffgrün\r\nrot", "utf16le");
  expect(textsOf(documentOfText({ path: text, modifiedMs: beganMs, bytes }))).toEqual(["grün\nrot"]);
});

/** Steps as splices of the texts that there are: the last line end stays, as Etherpad has it. */
function fitted(
  steps: readonly { at: number; deleted: number; inserted: string; author: string; waitedMs: number }[],
): WrittenRevision[] {
  let length = 1;
  let timeMs = beganMs;
  return steps.map(({ waitedMs, at, deleted, inserted, author }) => {
    timeMs += waitedMs;
    const place = at % length;
    const gone = Math.min(deleted, length - 1 - place);
    length += inserted.length - gone;
    return { at: place, deleted: gone, inserted, author, timeMs };
  });
}

function distinctTexts(revisions: readonly WrittenRevision[], texts: readonly string[]): string[] {
  return texts.filter((_text, index) => {
    const { deleted = 0, inserted = "" } = revisions[index] ?? {};
    return deleted > 0 || inserted !== "";
  });
}

function etherpad(json: unknown) {
  const bytes = Buffer.from(typeof json === "string" ? json : JSON.stringify(json));
  return { path: "minutes.etherpad", modifiedMs: beganMs, bytes };
}

function textsOf(document: FileDocument | undefined): string[] {
  const doc = new Y.Doc();
  const updates = (document?.records ?? []).filter(({ stream }) => stream === Stream.text);
  return updates.map(({ payload }) => {
    Y.applyUpdate(doc, payload);
    return doc.getText("content").toString();
  });
}

function docOf(document: FileDocument | undefined): Y.Doc {
  const doc = new Y.Doc();
  for (const { stream, payload } of document?.records ?? [])
    if (stream === Stream.text) Y.applyUpdate(doc, payload);
  return doc;
}

function titleOf(document: FileDocument | undefined): string {
  const created = document?.records.find(
    ({ kind, stream }) => stream === Stream.catalogue && kind === CatalogueKind.created,
  );
  return decodeCreatedRecord(created?.payload ?? new Uint8Array()).title;
}

/** Who made these edits, by what the document says of its authors. */
function namesOf(document: FileDocument | undefined, edits: readonly { readonly author: Uint8Array }[]) {
  const known = new Map([[hex(instanceKey), undefined as unknown]]);
  for (const { stream, kind, payload } of document?.records ?? []) {
    if (stream !== Stream.catalogue || kind !== CatalogueKind.author) continue;
    const { actor, name, person } = decodeAuthorRecord(payload);
    known.set(hex(ulidToBytes(actor as Parameters<typeof ulidToBytes>[0])), { name, person });
  }
  return edits.map(({ author }) => known.get(hex(author)));
}

function authorOf(id: string) {
  return id === "" ? undefined : { name: id === "a.ada" ? "Ada" : "", person: id };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
