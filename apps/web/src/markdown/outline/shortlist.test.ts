import { expect, test } from "vitest";
import { shortlist } from "./shortlist";

/** Headings like "2 Letters": level and text, in lines of their own. */
function headings(...lines: readonly string[]) {
  return lines.map((line, index) => ({
    level: Number(line[0]),
    text: line.slice(2),
    id: `heading-${index}`,
    line: index,
  }));
}

const texts = ({ shown }: ReturnType<typeof shortlist>) => shown.map(({ text }) => text);

test("shows all that fit", () => {
  const few = headings("1 Book", "2 Letters", "3 May");
  expect(shortlist(few, "", 3)).toEqual({ shown: few, total: 3 });
});

test("shows the largest of too many, in their order", () => {
  const many = headings("1 Book", "3 May", "2 Letters", "3 June", "2 Notes", "3 July");
  const list = shortlist(many, "", 4);
  expect(texts(list)).toEqual(["Book", "Letters", "Notes"]);
  expect(list.total).toBe(6);
});

test("shows the first where even the largest are too many", () => {
  const flat = headings("3 a", "3 b", "4 c", "3 d");
  expect(texts(shortlist(flat, "", 2))).toEqual(["a", "b"]);
  expect(texts(shortlist(headings("1 a", "1 b", "1 c"), "", 2))).toEqual(["a", "b"]);
});

test("finds what is not shown by a part of its words, in whatever case", () => {
  const many = headings("1 Book", "3 Käse im May", "2 Letters", "3 may");
  const list = shortlist(many, " MAY", 2);
  expect(texts(list)).toEqual(["Käse im May", "may"]);
  expect(list.total).toBe(2);
  expect(texts(shortlist(many, "KÄSE", 2))).toEqual(["Käse im May"]);
});

test("takes little time for more headings than anybody reads", () => {
  const endless = Array.from({ length: 200_000 }, (_, line) => ({
    level: 2,
    text: "Part",
    id: `${line}`,
    line,
  }));
  expect(shortlist(endless, "").shown).toHaveLength(500);
});
