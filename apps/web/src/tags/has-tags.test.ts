import { expect, test } from "vitest";
import { hasTags } from "./has-tags";

test("a document has the tags that are wanted if it has all of them, in any case of letters", () => {
  expect(hasTags(["Draft", "paper"], ["PAPER", "draft"])).toBe(true);
  expect(hasTags(["Draft"], ["draft", "paper"])).toBe(false);
});

test("nothing is wanted of any document; what is not known has no tags", () => {
  expect([hasTags(undefined, []), hasTags(undefined, ["a"])]).toEqual([true, false]);
});
