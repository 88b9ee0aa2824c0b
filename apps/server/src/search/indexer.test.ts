import { expect, test } from "vitest";
import { Indexer } from "./indexer";
import type { Due } from "./schedule";
import type { SearchIndex } from "./search-index";

/** An index in memory, of which a test says what has changed. */
function startIndexer() {
  const changes: Due[] = [];
  const put: [documentId: string, position: number, text: string][] = [];
  const fetched: string[] = [];
  let nowMs = 0;
  const index: Pick<SearchIndex, "newestChange" | "outdatedSince" | "put"> = {
    get newestChange() {
      return Math.max(0, ...changes.map(({ position }) => position));
    },
    outdatedSince: (since) => changes.filter(({ position }) => position > since),
    put: ({ documentId, position }, text) => void put.push([documentId, position, text]),
  };
  const indexer = new Indexer({ index, fetchText: (id) => fetched.push(id), now: () => nowMs });
  return {
    indexer,
    put,
    fetched,
    change: (documentId: string, position: number) => changes.push({ documentId, position }),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("indexes a text that is being written now and then, and its last state in the end", () => {
  const { indexer, put, change, pass } = startIndexer();
  for (let key = 1; key <= 100; key++) {
    change("A", key);
    indexer.look();
    indexer.next();
    indexer.take("A", `state ${key}`);
    pass(100);
  }
  expect(put.length).toBeLessThanOrEqual(11);
  pass(1000);
  indexer.next();
  indexer.take("A", "state 100");
  expect(put.at(-1)).toEqual(["A", 100, "state 100"]);
  expect(indexer.waiting).toBe(0);
});

test("asks for one text at a time, and passes over one that cannot be had", () => {
  const { indexer, put, fetched, change } = startIndexer();
  change("A", 1);
  change("B", 2);
  indexer.look();
  indexer.next();
  indexer.next();
  expect([fetched, indexer.waiting]).toEqual([["A"], 2]);
  indexer.take("A", undefined);
  indexer.next();
  indexer.take("B", "text");
  expect([fetched, put, indexer.waiting]).toEqual([["A", "B"], [["B", 2, "text"]], 0]);
});
