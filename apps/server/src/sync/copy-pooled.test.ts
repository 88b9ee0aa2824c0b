import { expect, test } from "vitest";
import { copyPooled } from "./copy-pooled";

test("copies arrays of any size, and no copy ever changes", () => {
  const originals = Array.from({ length: 400 }, (_, index) => new Uint8Array(index * 3).fill(index));
  const copies = originals.map(copyPooled);
  for (const [index, original] of originals.entries()) {
    expect(copies[index]).toEqual(new Uint8Array(index * 3).fill(index));
    original.fill(255);
    expect(copies[index]).toEqual(new Uint8Array(index * 3).fill(index));
  }
});

test("lets small copies share memory, and large ones have their own", () => {
  const [first, second] = [copyPooled(new Uint8Array(10)), copyPooled(new Uint8Array(10))];
  expect(second.buffer).toBe(first.buffer);
  expect(copyPooled(new Uint8Array(4000)).buffer.byteLength).toBe(4000);
});
