import { expect, test } from "vitest";
import { makeZip } from "../../test/make-zip";
import { Importer, type ImporterParts, type Source, sourceOf } from "./importer";
import { readZip } from "./read-zip";
import { isZip, toDocument } from "./to-document";

const source = (name: string, content: string | Uint8Array<ArrayBuffer>): Source => ({
  name,
  read: async () => (typeof content === "string" ? new TextEncoder().encode(content) : content),
});

/** An importer whose server takes what `refuse` does not object to. */
function startImporter(refuse: (title: string) => boolean = () => false, parts: Partial<ImporterParts> = {}) {
  const created: string[] = [];
  const importer = new Importer({
    create: async ({ title, text }) => {
      if (refuse(title)) throw new Error("no connection");
      created.push(`${title}: ${text}`);
      return { id: `id of ${title}` };
    },
    toDocument,
    isZip,
    readZip,
    ...parts,
  });
  return { importer, created, states: () => importer.items().map(({ name, state }) => [name, state.is]) };
}

test("makes a document of each file, also of those in an archive, in their order", async () => {
  const { importer, created } = startImporter();
  const zip = makeZip([
    { name: "in/b.md", content: "two" },
    { name: "in/c.txt", content: "three" },
  ]);
  await importer.add([source("a.md", "one"), source("all.zip", zip), source("d.md", "four")]);
  expect(created).toEqual(["a: one", "b: two", "c: three", "d: four"]);
  expect(importer.items().map(({ name, state }) => [name, state])).toEqual([
    ["a.md", { is: "done", documentId: "id of a" }],
    ["in/b.md", { is: "done", documentId: "id of b" }],
    ["in/c.txt", { is: "done", documentId: "id of c" }],
    ["d.md", { is: "done", documentId: "id of d" }],
  ]);
});

test("what fails says why, keeps nothing else from being imported, and is imported once when tried again", async () => {
  let isDown = true;
  const { importer, created, states } = startImporter((title) => isDown && title === "b");
  await importer.add([
    source("a.md", "one"),
    source("b.md", "two"),
    source("picture.png", Uint8Array.from([1, 0, 2])),
    source("z.zip", makeZip([{ name: "y.zip", content: makeZip([]) }])),
    source("c.md", "three"),
  ]);
  const reasons = importer.items().map(({ state }) => (state.is === "failed" ? state.error.message : ""));
  expect(reasons).toEqual(["", "no connection", "BINARY", "ZIP_NESTED", ""]);
  isDown = false;
  await importer.retry();
  expect(created).toEqual(["a: one", "c: three", "b: two"]);
  expect(states()).toContainEqual(["b.md", "done"]);
});

test("cancelling lets the file under way finish, and begins no other until it is tried again", async () => {
  const { importer, created, states } = startImporter();
  const stop = importer.subscribe(() => {
    if (importer.items()[0]?.state.is !== "working") return;
    stop();
    importer.cancel();
  });
  await importer.add([source("a.md", "one"), source("b.md", "two")]);
  expect(states()).toEqual([
    ["a.md", "done"],
    ["b.md", "cancelled"],
  ]);
  await importer.retry();
  expect(created).toEqual(["a: one", "b: two"]);
});

test("refuses files that are too large before reading them, and folders", async () => {
  const file = (name: string, size: number, read: () => Promise<ArrayBuffer>) =>
    ({ name, size, arrayBuffer: read }) as File;
  const unread = () => Promise.reject(new Error("it was read"));
  const { importer } = startImporter();
  await importer.add([
    sourceOf(file("large.txt", 17 * 1024 * 1024, unread)),
    sourceOf(file("folder", 4096, unread)),
    sourceOf(file("fine.txt", 1, async () => new TextEncoder().encode("x").buffer)),
  ]);
  const reasons = importer
    .items()
    .map(({ state }) => (state.is === "failed" ? state.error.message : state.is));
  expect(reasons).toEqual(["TOO_LARGE", "UNREADABLE", "done"]);
});
