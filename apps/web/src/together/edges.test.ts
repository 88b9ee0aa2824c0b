import { expect, test } from "vitest";
import { sameEdges, sortToEdges } from "./edges";

const caret = (id: string, distance: number) => ({
  id,
  name: id.toUpperCase(),
  onLight: "#1f5fd0",
  onDark: "#6fa8ff",
  distance,
});
const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id);

test("puts carets out of view at their edges, the nearest first", () => {
  const { above, below } = sortToEdges([caret("a", -900), caret("b", 30), caret("c", -10), caret("d", 0)]);
  expect([ids(above), ids(below)]).toEqual([["c", "a"], ["b"]]);
});

test("puts a person with two carets where the nearer is, and nowhere if one is in view", () => {
  const { above, below } = sortToEdges([caret("a", -900), caret("a", 30), caret("b", 500), caret("b", 0)]);
  expect([ids(above), ids(below)]).toEqual([[], ["a"]]);
});

test("looks the same while only distances change, and other when people or panels do", () => {
  const inset = { top: 0, bottom: 0 };
  const before = { ...sortToEdges([caret("a", -900), caret("b", 30)]), inset };
  const now = (...carets: ReturnType<typeof caret>[]) => ({ ...sortToEdges(carets), inset });
  expect(sameEdges(before, now(caret("a", -20), caret("b", 300)))).toBe(true);
  expect(sameEdges(before, now(caret("a", 20), caret("b", 300)))).toBe(false);
  expect(sameEdges(before, now({ ...caret("a", -900), name: "Ada" }, caret("b", 30)))).toBe(false);
  expect(sameEdges(before, { ...before, inset: { top: 40, bottom: 0 } })).toBe(false);
});
