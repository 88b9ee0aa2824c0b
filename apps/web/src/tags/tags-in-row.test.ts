import { expect, test } from "vitest";
import { tagsInRow } from "./tags-in-row";

test.each([
  [0, 0, 0],
  [4, 4, 0],
  [5, 5, 0],
  [6, 4, 2],
])("of %i tags shows %i, and tells of %i more", (count, shown, rest) => {
  const tags = Array.from({ length: count }, (_, index) => `tag ${index}`);
  const split = tagsInRow(tags);
  expect([split.shown.length, split.rest.length]).toEqual([shown, rest]);
  expect([...split.shown, ...split.rest]).toEqual(tags);
});
