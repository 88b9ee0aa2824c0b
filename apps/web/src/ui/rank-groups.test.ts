import { expect, test } from "vitest";
import { rankGroups } from "./rank-groups";

const groups = [
  {
    heading: "Commands",
    items: [{ label: "Indent as the language has it" }, { label: "Move the line down", keywords: ["Night"] }],
  },
  { heading: "Documents", items: [{ label: "Shopping" }, { label: "Night train" }] },
  { heading: "Nothing", items: [] },
];

function labels(search: string): readonly string[] {
  return rankGroups(groups, search).flatMap(({ items }) => items.map(({ label }) => label));
}

test("puts the group with the best match first, and a label before other words", () => {
  expect(labels("night")[0]).toBe("Night train");
  expect(labels("night").slice(1)).toEqual(["Move the line down", "Indent as the language has it"]);
});

test("finds by a few letters in order, and nothing by others", () => {
  expect(labels("mvlndwn")).toEqual(["Move the line down"]);
  expect(labels("zzz")).toEqual([]);
});

test("leaves the order alone while nothing is looked for, without empty groups", () => {
  expect(rankGroups(groups, " ")).toEqual(groups.slice(0, 2));
});
