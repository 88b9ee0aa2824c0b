import fc from "fast-check";
import { expect, test } from "vitest";
import { diffRenderings } from "./render-patch";

const renderingOf = (blocks: readonly string[]) => ({
  blocks: blocks.map((html, line) => ({ html, line })),
  headings: [],
});

test("hands over only the block that was edited", () => {
  expect(diffRenderings(["a", "b", "c"], renderingOf(["a", "B", "c"]))).toMatchObject({
    before: 1,
    after: 1,
    inserted: ["B"],
    lines: [0, 1, 2],
  });
});

test("leads from any rendering to any other", () => {
  const rendering = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 });
  fc.assert(
    fc.property(rendering, rendering, (old, next) => {
      const { before, after, inserted } = diffRenderings(old, renderingOf(next));
      expect([...old.slice(0, before), ...inserted, ...old.slice(old.length - after)]).toEqual(next);
    }),
  );
});
