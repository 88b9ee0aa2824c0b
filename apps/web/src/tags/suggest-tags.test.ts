import { expect, test } from "vitest";
import { suggestTags } from "./suggest-tags";

test("suggests tags in use that begin with what is typed, then those that contain it", () => {
  const known = ["Reading group", "group", "Grünes", "other"];
  expect(suggestTags(known, [], "gr")).toEqual(["group", "Grünes", "Reading group"]);
  expect(suggestTags(known, [], "grunes")).toEqual(["Grünes"]);
  expect(suggestTags(known, [], "x")).toEqual([]);
});

test("suggests the most used where nothing is typed, and none that the document has", () => {
  const known = Array.from({ length: 30 }, (_, number) => `tag ${number}`);
  expect(suggestTags(known, ["TAG 0"], " ")).toEqual(known.slice(1, 9));
});
