import { expect, test } from "vitest";
import type { ActivityAnswer } from "../api/document-metrics";
import { ActivityFeed } from "./activity-feed";

const startMs = Date.UTC(2026, 10, 21, 14);
const hourMs = 3_600_000;

/** Hours from `from` on with so many edits each. */
function hours(from: number, edits: number[]): ActivityAnswer {
  const time = new Date(startMs + from * hourMs).toISOString();
  return { from: time, stepSeconds: 3600, edits, inserted: edits, deleted: edits, editors: edits };
}

/** A feed whose requests are answered by hand; tells from which hour each one asks. */
function openFeed() {
  const asked: (number | "all")[] = [];
  const answers: { resolve: (answer: ActivityAnswer) => void; reject: (error: Error) => void }[] = [];
  const feed = new ActivityFeed({
    step: "hour",
    length: 3,
    ask: (fromMs) => {
      asked.push(fromMs === undefined ? "all" : (fromMs - startMs) / hourMs);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
  });
  /** Answers the oldest request, and lets the feed take it in. */
  const answer = async (what: ActivityAnswer | Error) => {
    const open = answers.shift();
    if (what instanceof Error) open?.reject(what);
    else open?.resolve(what);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { feed, asked, answer, edits: () => feed.state.get().series?.edits };
}

test("asks for everything, and from then on for what may have changed", async () => {
  const { feed, asked, answer, edits } = openFeed();
  feed.refresh();
  await answer(hours(-1, [9, 1, 2, 3]));
  expect(edits()).toEqual([1, 2, 3]);
  feed.refresh();
  await answer(hours(2, [4, 1]));
  expect(edits()).toEqual([2, 4, 1]);
  expect(asked).toEqual(["all", 2]);
});

test("asks once for all that happened during a request", async () => {
  const { feed, asked, answer, edits } = openFeed();
  feed.refresh();
  feed.refresh();
  feed.refresh();
  await answer(hours(0, [1]));
  await answer(hours(0, [3]));
  expect(edits()).toEqual([3]);
  expect(asked).toEqual(["all", 0]);
});

test("keeps what it knows when a request fails, says why, and then asks for everything", async () => {
  const { feed, asked, answer, edits } = openFeed();
  feed.refresh();
  await answer(hours(0, [1, 2]));
  feed.refresh();
  await answer(new Error("The server cannot be reached."));
  expect(edits()).toEqual([1, 2]);
  expect(feed.state.get().problem).toBe("The server cannot be reached.");
  feed.refresh();
  await answer(hours(5, [0, 7]));
  expect(edits()).toEqual([0, 7]);
  expect(feed.state.get().problem).toBeUndefined();
  expect(asked).toEqual(["all", 1, "all"]);
});

test("asks for everything after it was out of reach", async () => {
  const { feed, asked, answer } = openFeed();
  feed.refresh();
  feed.reload();
  await answer(hours(0, [1]));
  await answer(hours(0, [1]));
  expect(asked).toEqual(["all", "all"]);
});

test("tells nobody anything once it has ended", async () => {
  const { feed, asked, answer, edits } = openFeed();
  feed.refresh();
  feed.refresh();
  feed.destroy();
  await answer(hours(0, [1]));
  expect(edits()).toBeUndefined();
  expect(asked).toEqual(["all"]);
});
