import { existsSync } from "node:fs";
import { copyFile, mkdir, open, readFile, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { checkpointOf } from "../testing/checkpoint-of";
import { temporaryDirectory } from "../testing/temporary-directory";
import { ProjectionReader } from "./projection-reader";
import { ProjectionStore } from "./projection-store";

const empty = { applied: 0, resume: 0 };

async function databaseFile(): Promise<string> {
  return join(await temporaryDirectory(), "projections", "projections.db");
}

function openStore(file: string, logEnd: number): ProjectionStore {
  const store = ProjectionStore.open(file, logEnd);
  onTestFinished(() => store.close());
  return store;
}

/** A closed database that has come to position 50 and knows one document. */
async function writtenDatabase(): Promise<string> {
  const file = await databaseFile();
  const store = ProjectionStore.open(file, 0);
  store.insertDocument("01HZY0000000000000000000AB", "Notes", undefined, 1000, 50);
  store.setProgress({ applied: 50, resume: 40 });
  store.close();
  return file;
}

function documentsIn(file: string): string[] {
  const reader = new ProjectionReader(file);
  const titles = reader
    .documents({ deleted: false, sort: "updated", after: undefined, limit: 100 })
    .map(({ title }) => title);
  reader.close();
  return titles;
}

function expectRebuilt(file: string, logEnd = 100): void {
  const store = openStore(file, logEnd);
  expect([store.progress(), documentsIn(file)]).toEqual([empty, []]);
  store.insertDocument("01HZY0000000000000000000AC", "Written anew", undefined, 1, 1);
  expect(documentsIn(file)).toEqual(["Written anew"]);
}

test("begins at the start of the log, in a directory that it makes", async () => {
  const file = await databaseFile();
  expect(openStore(file, 0).progress()).toEqual(empty);
  expect(existsSync(file)).toBe(true);
});

test("goes on where it stopped", async () => {
  const file = await writtenDatabase();
  expect(openStore(file, 50).progress()).toEqual({ applied: 50, resume: 40 });
  expect(documentsIn(file)).toEqual(["Notes"]);
});

test("begins anew where the database is of another version", async () => {
  const file = await writtenDatabase();
  const database = new BetterSqlite3(file);
  database.pragma("user_version = 99");
  database.close();
  expectRebuilt(file);
});

test("begins anew where the database knows more than the log, as after a restore of the log alone", async () => {
  expectRebuilt(await writtenDatabase(), 49);
});

test("begins anew where it would have to read again what the log has dropped", async () => {
  const file = await writtenDatabase();
  const enough = ProjectionStore.open(file, 100, 40);
  expect(enough.progress()).toEqual({ applied: 50, resume: 40 });
  enough.close();
  const anew = ProjectionStore.open(file, 100, 41);
  expect(anew.progress()).toEqual(empty);
  anew.close();
});

test("begins anew where the file is no database", async () => {
  const file = await writtenDatabase();
  await writeFile(file, "not a database, but long enough to have a header ".repeat(100));
  expectRebuilt(file);
});

test("begins anew where the file is empty, or torn in the middle", async () => {
  for (const keep of [0, 0.3, 0.6]) {
    const file = await writtenDatabase();
    const { length } = await readFile(file);
    await truncate(file, Math.floor(length * keep));
    expectRebuilt(file);
  }
});

test("begins anew where the pages behind the header are damaged", async () => {
  const file = await writtenDatabase();
  const { length } = await readFile(file);
  const handle = await open(file, "r+");
  await handle.write(new Uint8Array(length - 4096).fill(0xa5), 0, length - 4096, 4096);
  await handle.close();
  expectRebuilt(file);
});

test("does not take the write-ahead log of a damaged database for that of the new one", async () => {
  const [running, killed] = [await writtenDatabase(), await databaseFile()];
  openStore(running, 100).setProgress({ applied: 60, resume: 60 });
  await mkdir(dirname(killed));
  await copyFile(`${running}-wal`, `${killed}-wal`);
  await writeFile(killed, "damaged ".repeat(1000));
  expectRebuilt(killed);
});

test("shows a document once it has a title, with the edits that came before", async () => {
  const file = await databaseFile();
  const store = openStore(file, 0);
  store.countEdits({ documentId: "01HZY0000000000000000000AB", edits: 2, updatedMs: 2000, position: 1 });
  expect(documentsIn(file)).toEqual([]);
  store.insertDocument("01HZY0000000000000000000AB", "Notes", "en", 1000, 2);
  expect(documentsIn(file)).toEqual(["Notes"]);
  const reader = new ProjectionReader(file);
  expect(reader.document("01HZY0000000000000000000AB")).toMatchObject({
    language: "en",
    createdMs: 1000,
    updatedMs: 2000,
    edits: 2,
  });
  reader.close();
});

test("changes all of a transaction or nothing", async () => {
  const store = openStore(await databaseFile(), 0);
  expect(() =>
    store.transaction(() => {
      store.setProgress({ applied: 9, resume: 9 });
      throw new Error("half-way");
    }),
  ).toThrow("half-way");
  expect(store.progress()).toEqual(empty);
});

test("keeps the newest checkpoint of each document, revisions to the last bit", async () => {
  const store = openStore(await databaseFile(), 0);
  const doc = new Y.Doc();
  expect([store.checkpoint("a"), store.checkpointExtent("a")]).toEqual([undefined, undefined]);
  for (const position of [5, 9]) {
    doc.getText("content").insert(0, "text".repeat(position * 1000));
    store.putCheckpoint("a", { ...checkpointOf(doc, position), revision: 2n ** 63n - BigInt(position) });
  }
  store.putCheckpoint("b", checkpointOf(new Y.Doc(), 7));
  const kept = store.checkpoint("a");
  expect(kept).toMatchObject({ position: 9, revision: 2n ** 63n - 9n });
  const { state, deflated = [] } = checkpointOf(doc, 9);
  expect(Uint8Array.from(kept?.state ?? [])).toEqual(state);
  expect(Uint8Array.from(kept?.deflated ?? [])).toEqual(Uint8Array.from(deflated));
  expect(kept?.deflated?.length).toBeLessThan(state.length / 4);
  expect(store.checkpointExtent("a")).toEqual({ position: 9, bytes: kept?.state.length });
});
