import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { CatalogueKind } from "../storage/stream";
import { temporaryDirectory } from "../testing/temporary-directory";
import { WrittenLog } from "../testing/written-log";
import { type CatalogueSort, cursorBehind } from "./catalogue-order";
import { ProjectionReader } from "./projection-reader";
import { ProjectionStore } from "./projection-store";
import { Projector } from "./projector";

const page = { deleted: false, sort: "updated", after: undefined, limit: 100 } as const;

async function start() {
  const directory = await temporaryDirectory();
  const log = await WrittenLog.open(directory);
  const file = join(directory, "projections.db");
  const store = ProjectionStore.open(file, 0);
  const events = { checkpointed() {}, quarantined() {}, damaged() {} };
  const projector = await Projector.open({ logDirectory: log.directory, store, events });
  const catalogue = new ProjectionReader(file);
  onTestFinished(async () => {
    catalogue.close();
    store.close();
    await projector.close();
  });
  const follow = async () => projector.advance(await log.end());
  return { log, store, catalogue, follow };
}

test("a document has the tags of the newest record, and none if no record says so", async () => {
  const { log, catalogue, follow } = await start();
  const id = log.create("Notes");
  await follow();
  expect(catalogue.document(id)?.tags).toEqual([]);
  const { updatedMs } = catalogue.document(id) ?? {};

  log.tag(id, ["Draft", "paper", "draft"]);
  await follow();
  expect(catalogue.document(id)).toMatchObject({ tags: ["Draft", "paper"], title: "Notes", updatedMs });

  log.tag(id, []);
  await follow();
  expect([catalogue.document(id)?.tags, catalogue.tags(10)]).toEqual([[], []]);
});

test("lists the documents with all of some tags, without regard to case, page by page, in every order", async () => {
  const { log, catalogue, follow } = await start();
  const ids = Array.from({ length: 9 }, (_, number) => {
    const id = log.create(`Note ${number}`);
    log.tag(id, ["All", ...(number % 2 === 0 ? ["Even"] : []), ...(number % 3 === 0 ? ["THIRD"] : [])]);
    return id;
  });
  await follow();

  for (const sort of ["updated", "created", "title"] satisfies CatalogueSort[]) {
    const query = { ...page, sort, tags: ["even", "Third", "EVEN"], limit: 1 };
    const [first] = catalogue.documents(query);
    const [second] = first ? catalogue.documents({ ...query, after: cursorBehind(first, sort) }) : [];
    const rest = second ? catalogue.documents({ ...query, after: cursorBehind(second, sort) }) : undefined;
    expect([first?.id, second?.id].sort()).toEqual([ids[0], ids[6]]);
    expect(rest).toEqual([]);
  }
  expect(catalogue.documents({ ...page, tags: ["all"] })).toHaveLength(9);
  expect(catalogue.documents({ ...page, tags: ["all", "unknown"] })).toEqual([]);
});

test("counts the documents outside the trash, the most used tag first, as it was spelt first", async () => {
  const { log, catalogue, follow } = await start();
  const [one, two, three] = [log.create("One"), log.create("Two"), log.create("Three")];
  log.tag(one, ["Paper", "draft"]);
  log.tag(two, ["Draft"]);
  log.tag(three, ["DRAFT", "paper", "alone"]);
  await follow();
  const all = [
    { tag: "draft", documents: 3 },
    { tag: "Paper", documents: 2 },
    { tag: "alone", documents: 1 },
  ];
  expect([catalogue.tags(10), catalogue.tags(1)]).toEqual([all, all.slice(0, 1)]);

  log.mark(three, CatalogueKind.deleted);
  log.mark(three, CatalogueKind.deleted);
  await follow();
  expect(catalogue.tags(10)).toEqual([
    { tag: "draft", documents: 2 },
    { tag: "Paper", documents: 1 },
  ]);
  expect(catalogue.documents({ ...page, deleted: true, tags: ["alone"] })).toHaveLength(1);

  log.tag(three, ["draft", "alone"]);
  await follow();
  expect(catalogue.tags(10), "changes in the trash count when the document leaves it").toHaveLength(2);
  log.mark(three, CatalogueKind.restored);
  await follow();
  expect(catalogue.tags(10)).toEqual([
    { tag: "draft", documents: 3 },
    { tag: "alone", documents: 1 },
    { tag: "Paper", documents: 1 },
  ]);
});

test("counts a document once that begins again with what its dropped records came to", async () => {
  const { log, store, catalogue, follow } = await start();
  const id = log.create("Notes");
  log.tag(id, ["draft"]);
  await follow();
  const snapshot = store.snapshot(id);
  if (snapshot === undefined) throw new Error("no snapshot");
  expect(snapshot.tags).toEqual(["draft"]);

  store.putSnapshot(id, { ...snapshot, tags: ["draft", "paper"] });
  store.putSnapshot(id, { ...snapshot, tags: ["draft", "paper"], deletedMs: 1 });
  expect(catalogue.tags(10)).toEqual([]);
  store.putSnapshot(id, { ...snapshot, tags: ["draft"] });
  expect(catalogue.tags(10)).toEqual([{ tag: "draft", documents: 1 }]);
});

test("finds the same documents of tags that very many have", async () => {
  const { log, store, catalogue, follow } = await start();
  const id = log.create("Notes");
  await follow();
  const marked = Array.from({ length: 2400 }, (_, number) => String(number).padStart(26, "0"));
  store.transaction(() => {
    for (const [number, id] of marked.entries()) {
      store.insertDocument(id, "", undefined, number, 1);
      store.setTags(id, ["many", ...(number % 2 === 0 ? ["even"] : []), ...(number < 1200 ? ["low"] : [])]);
    }
    store.setTags(id, ["few"]);
  });
  const found = (...tags: string[]) =>
    catalogue.documents({ ...page, limit: 3000, sort: "created", tags }).map((entry) => entry.id);
  expect(found("many")).toEqual(marked.toReversed());
  expect(found("LOW", "even")).toEqual(
    marked.filter((_, number) => number % 2 === 0 && number < 1200).toReversed(),
  );
  expect(found("many", "few")).toEqual([]);
});
