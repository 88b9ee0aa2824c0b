import { parseDocumentId } from "@scriptorium/ids";
import { expect, test } from "vitest";
import { TextFigures } from "./text-figures";

function start() {
  let nowMs = 0;
  let counted = 0;
  let tookMs = 0;
  let failure: Error | undefined;
  const figures = new TextFigures({
    async count() {
      counted += 1;
      nowMs += tookMs;
      if (failure !== undefined) throw failure;
      return { characters: counted, words: 1, lines: 1, revision: String(counted) };
    },
    now: () => nowMs,
  });
  const id = parseDocumentId("01HZY0000000000000000000AB");
  if (id === undefined) throw new Error("not a document's ID");
  return {
    figures,
    id,
    count: () => counted,
    pass: (ms: number) => {
      nowMs += ms;
    },
    takes: (ms: number) => {
      tookMs = ms;
    },
    fails: (error: Error | undefined) => {
      failure = error;
    },
  };
}

test("counts a text once, until there is a newer revision", async () => {
  const { figures, id, count, pass } = start();
  expect(figures.find(id)).toBeUndefined();
  await Promise.all([figures.refresh(id, 1n), figures.refresh(id, 1n)]);
  pass(100_000);
  await figures.refresh(id, 1n);
  expect([count(), figures.find(id)?.characters]).toEqual([1, 1]);
  await figures.refresh(id, 2n);
  expect([count(), figures.find(id)?.characters]).toEqual([2, 2]);
});

test("counts at most once a second, and what takes long less often", async () => {
  const { figures, id, count, pass, takes } = start();
  takes(500);
  await figures.refresh(id, 1n);
  pass(4999);
  await figures.refresh(id, 2n);
  expect(count()).toBe(1);
  pass(1);
  takes(0);
  await figures.refresh(id, 2n);
  expect(count()).toBe(2);
  pass(999);
  await figures.refresh(id, 3n);
  expect(count()).toBe(2);
  pass(1);
  await figures.refresh(id, 3n);
  expect(count()).toBe(3);
});

test("what cannot be counted stays as it was, and is tried again", async () => {
  const { figures, id, count, pass, fails } = start();
  await figures.refresh(id, 1n);
  fails(new Error("stopped"));
  pass(1000);
  await figures.refresh(id, 9n);
  expect([count(), figures.find(id)?.characters]).toEqual([2, 1]);
  fails(undefined);
  pass(1000);
  await figures.refresh(id, 9n);
  expect(figures.find(id)?.characters).toBe(3);
});
