import fc from "fast-check";
import { expect, test } from "vitest";
import { indexInOrder } from "./index-pages";

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const numbered = Array.from({ length: 6400 }, (_, index) => String(index).padStart(6, "0"));

test("ids in order fill every page, divide none and write to the last few", () => {
  const report = indexInOrder(numbered, byText);
  expect(report).toMatchObject({ pages: 100, splits: 0, fill: 1, pagesTouched: 10 });
  expect(report.places).toEqual(report.places.toSorted((a, b) => a - b));
});

test("ids in no order divide pages, leave them part empty and write to nearly all", () => {
  // Multiplying by a number without a common factor visits each once, far from the one before.
  const scattered = numbered.map((_, index) => String((index * 2741) % 6400).padStart(6, "0"));
  const { pages, splits, fill, pagesTouched } = indexInOrder(scattered, byText);
  expect(splits).toBeGreaterThan(90);
  expect(fill).toBeGreaterThan(0.5);
  expect(fill).toBeLessThan(0.9);
  expect(pagesTouched).toBeGreaterThan(pages * 0.9);
});

test("tells for any ids where each lies in the order of all", () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 220,
    size: "max",
  });
  fc.assert(
    fc.property(ids, (all) => {
      const sorted = all.toSorted(byText);
      const { places, pages, fill } = indexInOrder(all, byText);
      const last = Math.max(1, all.length - 1);
      expect(places).toEqual(all.map((id) => sorted.indexOf(id) / last));
      expect(pages * 64 * fill).toBeCloseTo(all.length);
    }),
  );
});
