import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import type { CatalogueSort } from "../projections/catalogue-order";
import { cursorBehind } from "../projections/catalogue-order";
import { ProjectionStore } from "../projections/projection-store";
import { temporaryDirectory } from "../testing/temporary-directory";
import { SearchIndex } from "./search-index";

const idOf = (number: number) => `01HZY000000000000000000${String(number).padStart(3, "0")}`;

async function start() {
  const directory = await temporaryDirectory();
  const files = {
    index: join(directory, "search.db"),
    projections: join(directory, "projections.db"),
  };
  const store = ProjectionStore.open(files.projections, 1000);
  let index = SearchIndex.open(files.index, files.projections);
  onTestFinished(() => {
    index.close();
    store.close();
  });
  let documents = 0;
  return {
    files,
    store,
    get index() {
      return index;
    },
    reopen() {
      index.close();
      index = SearchIndex.open(files.index, files.projections);
    },
    /** Adds a document, with its text indexed. */
    write(title: string, text: string): string {
      const id = idOf(++documents);
      store.insertDocument(id, title, undefined, documents, documents);
      index.put({ documentId: id, position: documents }, text);
      return id;
    },
    tag(id: string, tags: readonly string[]): void {
      store.setTags(id, tags);
    },
    find(query: string, options: { deleted?: boolean; tags?: readonly string[]; sort?: CatalogueSort } = {}) {
      return index.find({ query, deleted: false, sort: "updated", after: undefined, limit: 100, ...options });
    },
    titles(query: string, options: { deleted?: boolean; tags?: readonly string[] } = {}) {
      return this.find(query, options).map(({ entry }) => entry.title);
    },
  };
}

test("finds words among the documents with all of some tags, at once", async () => {
  const search = await start();
  const tagged = (title: string, text: string, tags: readonly string[]) =>
    search.tag(search.write(title, text), tags);
  tagged("Minutes of May", "budget", ["Paper", "draft"]);
  tagged("Budget", "", ["paper"]);
  tagged("Letter", "budget", []);
  expect(search.titles("budget", { tags: ["PAPER"] })).toEqual(["Budget", "Minutes of May"]);
  expect(search.titles("budget", { tags: ["paper", "Draft"] })).toEqual(["Minutes of May"]);
  expect(search.titles("letter", { tags: ["paper"] })).toEqual([]);
  expect(search.find("budget", { tags: ["draft"] })[0]?.entry.tags).toEqual(["Paper", "draft"]);
});

test("finds words by their beginnings, in title and text together, titles first", async () => {
  const search = await start();
  search.write("Minutes", "The budget was discussed at the meeting.");
  search.write("Budget meeting", "Nothing yet.");
  search.write("Recipes", "Bread and butter");
  search.write("Meetings", "About the Budgét");
  expect(search.titles("meet budg")).toEqual(["Budget meeting", "Meetings", "Minutes"]);
  const [, , minutes] = search.find("meet budg");
  expect(minutes?.snippet).toEqual([
    { text: "The ", match: false },
    { text: "budget", match: true },
    { text: " was discussed at the ", match: false },
    { text: "meeting", match: true },
    { text: ".", match: false },
  ]);
  expect(search.find("nothing like it")).toEqual([]);
});

test("titles match anywhere, whatever characters are asked for", async () => {
  const search = await start();
  for (const title of ["100% sure", "100 percent", "a_b", "back\\slash", "Ship it 🎉", "C++"])
    search.write(title, "");
  expect([search.titles("%"), search.titles("_"), search.titles("\\"), search.titles("UR")]).toEqual([
    ["100% sure"],
    ["a_b"],
    ["back\\slash"],
    ["100% sure"],
  ]);
  expect([search.titles("🎉"), search.titles("c++"), search.titles("ICKS")]).toEqual([
    ["Ship it 🎉"],
    ["C++"],
    [],
  ]);
});

test("what is looked for is never syntax", async () => {
  const search = await start();
  search.write("Logic", 'This OR that, NOT those: "quoted" near title:text (a* b) foo-bar ^x');
  for (const query of ["OR", "NOT those", '"quoted', "title:text", "foo-bar", "(a", "this AND", "near", "^x"])
    expect([query, search.titles(query)]).toEqual([query, query === "this AND" ? [] : ["Logic"]]);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (query) => {
      search.find(query);
    }),
  );
  const syntax = fc.constantFrom('"', "*", "(", ")", "NEAR", "OR", "^", ":", "-", "+", "a", " ", "\0", "🎉");
  fc.assert(
    fc.property(fc.array(syntax, { maxLength: 20 }), (pieces) => {
      search.find(pieces.join(""));
    }),
  );
});

test("finds words of scripts without spaces between them", async () => {
  const search = await start();
  search.write("Cities", "私は東京都に住んでいます");
  expect(search.titles("東京")).toEqual(["Cities"]);
  expect(search.find("京都")[0]?.snippet.filter(({ match }) => match)).toEqual([
    { text: "京都", match: true },
  ]);
  expect(search.titles("都京")).toEqual([]);
});

test("keeps to the trash, or outside it, without indexing anything again", async () => {
  const search = await start();
  const id = search.write("Draft", "needle");
  search.store.setDeleted(id, 5);
  expect([search.titles("needle"), search.titles("needle", { deleted: true })]).toEqual([[], ["Draft"]]);
  search.store.setDeleted(id, undefined);
  expect(search.titles("needle")).toEqual(["Draft"]);
});

test("gives all hits by pages, in every order", async () => {
  const search = await start();
  for (let number = 0; number < 30; number++)
    search.write(number % 3 === 0 ? `needle ${number}` : `Note ${number}`, "needle");
  for (const sort of ["updated", "created", "title"] as const) {
    const all = search.find("needle", { sort });
    expect(all.map(({ tier }) => tier)).toEqual([...Array(10).fill(0), ...Array(20).fill(1)]);
    const paged: typeof all = [];
    for (;;) {
      const last = paged.at(-1);
      const after = last && cursorBehind(last.entry, sort, last.tier);
      const page = search.index.find({ query: "needle", deleted: false, sort, after, limit: 7 });
      if (page.length === 0) break;
      paged.push(...page);
    }
    expect(paged).toEqual(all);
  }
});

test("knows across openings which documents it lacks the newest change of", async () => {
  const search = await start();
  const [first, second] = [search.write("First", "one"), search.write("Second", "two")];
  expect(search.index.outdatedSince(-1)).toEqual([]);
  search.store.renameDocument(first, "First of all", 10, 3);
  search.store.countEdits({ documentId: second, edits: 1, updatedMs: 11, position: 4 });
  search.reopen();
  expect([search.index.outdatedSince(-1), search.index.outdatedSince(3), search.index.newestChange]).toEqual([
    [
      { documentId: first, position: 3 },
      { documentId: second, position: 4 },
    ],
    [{ documentId: second, position: 4 }],
    4,
  ]);
  search.index.put({ documentId: second, position: 4 }, "three");
  expect([search.titles("two"), search.titles("three")]).toEqual([[], ["Second"]]);
});

test("begins anew for projections that were begun anew", async () => {
  const search = await start();
  search.write("Notes", "needle");
  search.store.close();
  search.index.close();
  ProjectionStore.discard(search.files.projections);
  const store = ProjectionStore.open(search.files.projections, 1000);
  // The same change at the same position, which the old index believes it knows.
  store.insertDocument(idOf(1), "Notes", undefined, 1, 1);
  const index = SearchIndex.open(search.files.index, search.files.projections);
  expect(index.outdatedSince(-1)).toEqual([{ documentId: idOf(1), position: 1 }]);
  index.close();
  // A file that is no database at all.
  writeFileSync(search.files.index, "no database at all".repeat(100));
  const anew = SearchIndex.open(search.files.index, search.files.projections);
  expect(anew.outdatedSince(-1)).toHaveLength(1);
  anew.close();
  store.close();
});
