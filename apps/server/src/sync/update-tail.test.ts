import fc from "fast-check";
import { expect, test } from "vitest";
import { contentOf, docOf, editsTogether, updatesOf } from "../testing/edits";
import { UpdateTail } from "./update-tail";

const entryAt = (index: number, update: Uint8Array) => ({
  position: index * 5 + 2,
  revision: BigInt(index) * 10n,
  update,
});

function tailOf(updates: readonly Uint8Array[]): UpdateTail {
  const tail = new UpdateTail();
  updates.forEach((update, index) => {
    tail.add(entryAt(index, update));
  });
  return tail;
}

/** One person's updates, a letter each. */
function letters(count: number): Uint8Array[] {
  const edit = { author: 0, act: "insert", at: 1000, length: 1, other: 0 } as const;
  return updatesOf(Array.from({ length: count }, () => edit));
}

test("holds what was added, behind any position, however it has merged", () => {
  fc.assert(
    fc.property(editsTogether, fc.nat(40), fc.nat(40), (edits, from, dropped) => {
      const updates = updatesOf(edits);
      const tail = tailOf(updates);
      const behind = tail.after(entryAt(from, updates[0] ?? Uint8Array.of()).position);
      const have = updates.slice(0, from + 1);
      expect(contentOf(docOf([...have, ...behind.map(({ update }) => update)]))).toEqual(
        contentOf(docOf(updates)),
      );
      tail.dropThrough(entryAt(dropped, Uint8Array.of()).position);
      const rest = tail.after(0).map(({ update }) => update);
      expect(contentOf(docOf([...updates.slice(0, dropped + 1), ...rest]))).toEqual(
        contentOf(docOf(updates)),
      );
      expect(tail.bytes).toBe(rest.reduce((sum, { length }) => sum + length, 0));
    }),
  );
});

test("has few entries for many updates, and none that is much larger than what a reader may lack", () => {
  const updates = letters(3000);
  const tail = tailOf(updates);
  expect(tail.length).toBeLessThan(60);
  expect(Math.max(...tail.after(0).map(({ update }) => update.length))).toBeLessThanOrEqual(8192);
  expect(contentOf(docOf(tail.after(0).map(({ update }) => update)))).toEqual(contentOf(docOf(updates)));
});

test("names an entry after its newest record", () => {
  const tail = tailOf(letters(16));
  expect(tail.after(0)).toEqual([expect.objectContaining({ position: 77, revision: 150n })]);
  expect(tail.after(76)).toHaveLength(1);
  expect(tail.after(77)).toEqual([]);
});
