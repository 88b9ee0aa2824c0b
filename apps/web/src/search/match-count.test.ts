import { SearchQuery } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { countMatches, type MatchCount, matchesMax } from "./match-count";

function count(
  query: ConstructorParameters<typeof SearchQuery>[0],
  state: EditorState,
): MatchCount & { steps: number } {
  const counting = countMatches(new SearchQuery(query), state);
  for (let steps = 1; ; steps++) {
    const { done, value } = counting.next();
    if (done) return { ...value, steps };
  }
}

const few = EditorState.create({ doc: "one two\nOne two\none", selection: { anchor: 8, head: 11 } });

test("tells which of how many is selected", () => {
  expect(count({ search: "one" }, few)).toMatchObject({ total: 3, current: 2, more: false });
  expect(count({ search: "one", caseSensitive: true }, few)).toMatchObject({ total: 2, current: 0 });
  expect(count({ search: "t.o$", regexp: true }, few)).toMatchObject({ total: 2, current: 0 });
  expect(count({ search: "two\\n", regexp: true }, few)).toMatchObject({ total: 2 });
  expect(count({ search: "on", wholeWord: true }, few)).toMatchObject({ total: 0 });
});

test("finds nothing by an empty or a broken query", () => {
  expect(count({ search: "" }, few)).toMatchObject({ total: 0, more: false });
  expect(count({ search: "(", regexp: true }, few)).toMatchObject({ total: 0, more: false });
});

test.each([
  { search: "ab" },
  { search: "a.", regexp: true },
  { search: "ab\nab" },
  { search: "b\\sa", regexp: true },
])("counts across slices as in one go: %j", (query) => {
  const doc = `${"ab\n".repeat(9_000)}${"x".repeat(99_999)}ab${"y".repeat(150_000)}\nab`.slice(2);
  const state = EditorState.create({ doc });
  const cursor = new SearchQuery(query).getCursor(state);
  let total = 0;
  while (!cursor.next().done) total++;
  const { steps, ...found } = count(query, state);
  expect(found).toEqual({ total, current: 0, more: false });
  expect(total).toBeGreaterThan(0);
  if (query.search !== "b\\sa") expect(steps).toBeGreaterThan(1);
});

test("gives up where more would tell nobody anything", () => {
  const state = EditorState.create({ doc: "a".repeat(matchesMax + 5) });
  expect(count({ search: "a" }, state)).toMatchObject({ total: matchesMax, more: true });
});
