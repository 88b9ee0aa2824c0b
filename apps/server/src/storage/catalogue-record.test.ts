import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeCreatedRecord,
  decodeRenamedRecord,
  decodeRestoredToRecord,
  decodeSnapshotRecord,
  decodeTaggedRecord,
  encodeCatalogueRecord,
  encodeSnapshotRecord,
} from "./catalogue-record";

const title = fc.string({ unit: "grapheme" });

test("reads back every record it wrote, in any script", () => {
  fc.assert(
    fc.property(title, fc.option(title, { nil: undefined }), (title, language) => {
      const created = language === undefined ? { title } : { title, language };
      expect(decodeCreatedRecord(encodeCatalogueRecord({ title, language }))).toEqual(created);
      expect(decodeTaggedRecord(encodeCatalogueRecord({ tags: [title, title] }))).toEqual({
        tags: [title, title],
      });
      expect(decodeRenamedRecord(encodeCatalogueRecord({ title }))).toEqual({ title });
    }),
  );
});

test("reads back a snapshot, with a moment to the last bit", () => {
  const snapshot = {
    asOf: 2n ** 62n + 1n,
    title: "Notes",
    language: null,
    createdMs: 1,
    updatedMs: 2,
    deletedMs: 3,
    epoch: "01HZY0000000000000000000AB",
    edits: 4,
    tags: ["draft", "paper"],
  };
  expect(decodeSnapshotRecord(encodeSnapshotRecord(snapshot))).toEqual(snapshot);
  const untitled = { ...snapshot, title: null, language: "en", deletedMs: null };
  expect(decodeSnapshotRecord(encodeSnapshotRecord(untitled))).toEqual(untitled);
  const bad = JSON.stringify({ ...snapshot, asOf: "soon" });
  expect(() => decodeSnapshotRecord(new TextEncoder().encode(bad))).toThrow();
});

test("reads records of releases that knew no tags", () => {
  const written = (json: object) => new TextEncoder().encode(JSON.stringify(json));
  expect(decodeCreatedRecord(written({ title: "Notes", language: "en" }))).toEqual({
    title: "Notes",
    language: "en",
  });
  const snapshot = { asOf: "1", title: "Notes", language: null, createdMs: 1, updatedMs: 2, deletedMs: null };
  const more = { epoch: "01HZY0000000000000000000AB", edits: 4 };
  expect(decodeSnapshotRecord(written({ ...snapshot, ...more }))).toEqual({
    ...snapshot,
    ...more,
    asOf: 1n,
    tags: [],
  });
});

test("reads back a restore to an earlier moment, and takes nothing but a ULID for an epoch", () => {
  const restoredTo = { epoch: "01HZY0000000000000000000AB", at: "2026-11-20T17:00:00.000Z" };
  expect(decodeRestoredToRecord(encodeCatalogueRecord(restoredTo))).toEqual(restoredTo);
  expect(() => decodeRestoredToRecord(encodeCatalogueRecord({ ...restoredTo, epoch: "latest" }))).toThrow();
});

test("reads a record to which a later version has added something", () => {
  const payload = new TextEncoder().encode('{"title":"Notes","colour":"red"}');
  expect(decodeRenamedRecord(payload)).toEqual({ title: "Notes" });
});

test("throws for bytes that are no such record", () => {
  for (const text of ["", "{}", '{"title":1}', "null"]) {
    expect(() => decodeCreatedRecord(new TextEncoder().encode(text))).toThrow();
  }
});
