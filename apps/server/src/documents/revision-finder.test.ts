import { type DocumentId, snowflakeAtTime, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { expect, test } from "vitest";
import type { DocumentRange, LogEntry } from "../storage/document-log";
import { Stream } from "../storage/stream";
import { RevisionFinder } from "./revision-finder";

const noon = Date.UTC(2026, 5, 1, 12);
const ids = new UlidGenerator<DocumentId>();
const [letter, menu] = [ids.next(), ids.next()];

/** A log of two documents, and how often it was read. */
function smallLog() {
  const records = [
    { id: letter, stream: Stream.text, revision: snowflakeAtTime(noon) },
    { id: menu, stream: Stream.text, revision: snowflakeAtTime(noon) + 1n },
    { id: menu, stream: Stream.catalogue, revision: snowflakeAtTime(noon) + 2n },
    { id: letter, stream: Stream.text, revision: snowflakeAtTime(noon) + 3n },
  ];
  const log = {
    reads: 0,
    async *readDocument(key: Uint8Array, { stream, sinceRevision = 0n }: DocumentRange) {
      log.reads++;
      const wanted = records.filter(
        (record) =>
          Buffer.compare(ulidToBytes(record.id), key) === 0 &&
          record.stream === stream &&
          record.revision >= sinceRevision,
      );
      for (const { revision } of wanted) yield { revision } as LogEntry;
    },
  };
  return log;
}

const catalogue = () => ({ editedAround: () => [letter, menu] });

test("finds the document of a revision of either stream", async () => {
  const finder = new RevisionFinder({ log: smallLog(), catalogue });
  const found = await Promise.all([0n, 1n, 2n, 3n].map((at) => finder.find(snowflakeAtTime(noon) + at)));
  expect(found).toEqual([letter, menu, menu, letter]);
});

test("finds nothing for a revision that is between two", async () => {
  const finder = new RevisionFinder({ log: smallLog(), catalogue });
  expect(await finder.find(snowflakeAtTime(noon) - 1n)).toBeUndefined();
  expect(await finder.find(snowflakeAtTime(noon) + 4n)).toBeUndefined();
});

test("gives up when the time for it is over", async () => {
  const log = smallLog();
  let nowMs = 0;
  const finder = new RevisionFinder({ log, catalogue }, () => {
    nowMs += 200;
    return nowMs;
  });
  expect(await finder.find(snowflakeAtTime(noon) + 1n)).toBeUndefined();
  expect(log.reads).toBe(2);
});

test("a question that fails does not keep the next from its answer", async () => {
  const log = smallLog();
  let fails = true;
  const finder = new RevisionFinder({
    log,
    catalogue: () => {
      if (fails) throw new Error("the projections have not started");
      return catalogue();
    },
  });
  await expect(finder.find(snowflakeAtTime(noon))).rejects.toThrow();
  fails = false;
  expect(await finder.find(snowflakeAtTime(noon))).toBe(letter);
});
