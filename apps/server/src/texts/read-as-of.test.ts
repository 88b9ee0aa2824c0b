import { parseDocumentId, ulidToBytes } from "@scriptorium/ids";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { encodeSnapshotRecord } from "../storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../storage/stream";
import { docOf, editsTogether, updatesOf } from "../testing/edits";
import { HandLog } from "../testing/hand-log";
import { type AsOfError, readAsOf } from "./read-as-of";

const id = parseDocumentId("01HZY0000000000000000000AB") ?? expect.fail("this is an ID");
const key = ulidToBytes(id);
const textOf = (updates: Iterable<Uint8Array>) => docOf(updates).getText("content").toString();

function write(log: HandLog, stream: number, kind: number, payload: Uint8Array): bigint {
  return log.append({ key, stream, kind, author: key, payload }).revision;
}

const snapshot = (asOf: bigint) =>
  encodeSnapshotRecord({
    ...{ asOf, title: "a", language: null, createdMs: 0, updatedMs: 0, deletedMs: null },
    ...{ epoch: id, edits: 1, tags: [] },
  });

const codeOf = (reading: Promise<unknown>) =>
  reading.then(
    () => "none",
    (error: AsOfError) => error.code,
  );

test("gives the text of each revision, wherever the checkpoint lies", async () => {
  await fc.assert(
    fc.asyncProperty(editsTogether, fc.nat(), async (edits, cut) => {
      const log = new HandLog();
      const updates = updatesOf(edits);
      const revisions = updates.map((update) => write(log, Stream.text, TextKind.update, update));
      const held = cut % (updates.length + 1);
      const checkpoint =
        held === 0
          ? undefined
          : {
              state: Y.encodeStateAsUpdate(docOf(updates.slice(0, held))),
              position: log.entries[held - 1]?.position ?? 0,
              revision: revisions[held - 1] ?? 0n,
            };
      expect(textOf(await readAsOf({ log, checkpoint }, id, { revision: 0n }))).toBe("");
      for (const [index, revision] of revisions.entries()) {
        const read = await readAsOf({ log, checkpoint }, id, { revision: revision });
        expect(textOf(read)).toBe(textOf(updates.slice(0, index + 1)));
      }
    }),
    { numRuns: 50 },
  );
});

test("knows no revision that the text does not have", async () => {
  const log = new HandLog();
  const revision = write(log, Stream.text, TextKind.update, Y.encodeStateAsUpdate(new Y.Doc()));
  const renamed = write(log, Stream.catalogue, CatalogueKind.deleted, new Uint8Array());
  for (const unknown of [1n, revision - 1n, revision + 1n, renamed]) {
    expect(await codeOf(readAsOf({ log, checkpoint: undefined }, id, { revision: unknown }))).toBe("UNKNOWN");
  }
});

test("begins with what stands for dropped records, and not with what will", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["gone ", "kept ", "later "])
    doc.getText("content").insert(doc.getText("content").length, word);
  const [gone = new Uint8Array(), kept = new Uint8Array(), later = new Uint8Array()] = updates;
  const log = new HandLog();
  // Revisions of the log by hand begin at 10,000.
  log.horizonRevision = 5000n;
  const keptRevision = write(log, Stream.text, TextKind.update, kept);
  write(log, Stream.catalogue, CatalogueKind.snapshot, snapshot(5000n));
  write(log, Stream.text, TextKind.checkpoint, gone);
  const laterRevision = write(log, Stream.text, TextKind.update, later);
  write(log, Stream.catalogue, CatalogueKind.snapshot, snapshot(keptRevision));
  write(log, Stream.text, TextKind.checkpoint, Y.mergeUpdates([gone, kept, later]));

  expect(textOf(await readAsOf({ log, checkpoint: undefined }, id, { revision: keptRevision }))).toBe(
    "gone kept ",
  );
  expect(textOf(await readAsOf({ log, checkpoint: undefined }, id, { revision: laterRevision }))).toBe(
    "gone kept later ",
  );
  expect(await codeOf(readAsOf({ log, checkpoint: undefined }, id, { revision: 5000n }))).toBe("GONE");
});

test("adds later edits of some authors, and of no others", async () => {
  const log = new HandLog();
  const doc = new Y.Doc();
  const content = doc.getText("content");
  const authors = ["b", "c", "d"].map((letter) => new Uint8Array(16).fill(letter.charCodeAt(0)));
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  // Each at the beginning, so that none follows on another.
  for (const letter of "abcd") {
    doc.clientID = letter.charCodeAt(0);
    content.insert(0, letter);
  }
  const revisions = updates.map((update, index) => {
    const entry = { key, stream: Stream.text, kind: TextKind.update, author: authors[index - 1] ?? key };
    return log.append({ ...entry, payload: update }).revision;
  });
  const [revision = 0n] = revisions;
  const [b = key] = authors;
  const lettersOf = async (also: Uint8Array[], checkpoint?: Parameters<typeof readAsOf>[0]["checkpoint"]) =>
    [...textOf(await readAsOf({ log, checkpoint }, id, { revision, also }))].sort().join("");
  expect(await lettersOf([b])).toBe("ab");
  expect(await lettersOf([])).toBe("a");
  const position = log.entries[0]?.position ?? 0;
  expect(await lettersOf([b], { state: updates[0] ?? key, position, revision })).toBe("ab");
  expect(await lettersOf([key])).toBe("a");
});
