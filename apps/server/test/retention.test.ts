import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as elapsed } from "node:timers/promises";
import { SnowflakeGenerator, type Ulid, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { Log } from "@scriptorium/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { encodeCatalogueRecord } from "../src/storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../src/storage/stream";
import { jsonLines, runCli } from "./harness/cli-process";
import { ownClient, reached, textOf } from "./harness/clients";
import { hasSaid } from "./harness/has-said";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const dayMs = 24 * 60 * 60 * 1000;
const keeping = { env: { SCRIPTORIUM_HISTORY_DAYS: "30" } };

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
});

afterEach(() => directory.remove());

type Texts = ReadonlyMap<Ulid, string>;

interface OldLog {
  /** Of the documents in the end. */
  readonly texts: Texts;
  /** At the end of each day, by how many days ago it was. */
  readonly textsOf: ReadonlyMap<number, Texts>;
}

/** Writes a log of long ago: small segments, one for each twentieth of what everybody types in turn, day by day. */
async function writeOldLog(days: readonly number[]): Promise<OldLog> {
  let clockMs = 0;
  const now = () => clockMs;
  const revisions = new SnowflakeGenerator({ node: 0, now });
  const ids = new UlidGenerator({ now });
  const log = await Log.open({ directory: join(data, "log"), durability: "os", segmentBytesMax: 4096 });
  const append = async (id: Ulid, stream: number, kind: number, payload: Uint8Array) => {
    const key = ulidToBytes(id);
    await log.append({ key, author: key, stream, kind, payload, revision: revisions.next() }).durable;
  };
  const docs = new Map<Ulid, Y.Doc>();
  const textsOf = new Map<number, Texts>();
  const texts = () => new Map([...docs].map(([id, doc]) => [id, textOf(doc)]));
  for (const daysAgo of days) {
    clockMs = Date.now() - daysAgo * dayMs;
    const id = ids.next();
    docs.set(id, new Y.Doc());
    const payload = encodeCatalogueRecord({ title: `of ${daysAgo} days ago` });
    await append(id, Stream.catalogue, CatalogueKind.created, payload);
    for (let round = 0; round < 20; round++) {
      for (const [document, doc] of docs) {
        const before = Y.encodeStateVector(doc);
        const text = doc.getText("content");
        text.insert(Math.floor(text.length / 2), `${daysAgo} days ago, round ${round}; `);
        if (round % 5 === 4) text.delete(0, 10);
        await append(document, Stream.text, TextKind.update, Y.encodeStateAsUpdate(doc, before));
      }
    }
    textsOf.set(daysAgo, texts());
  }
  await log.sealed();
  await log.close();
  return { texts: texts(), textsOf };
}

interface DocumentView {
  readonly id: string;
  readonly edits: number;
}

async function catalogueOf(server: ServerProcess): Promise<DocumentView[]> {
  const response = await fetch(`${server.origin}/api/v1/documents`);
  return ((await response.json()) as { documents: DocumentView[] }).documents;
}

async function expectTexts(server: ServerProcess, texts: Texts): Promise<void> {
  for (const [id, text] of texts) expect(await server.text(id)).toBe(text);
}

test("drops old records in the background, and the log alone still says everything that the documents are", async () => {
  const { texts } = await writeOldLog([90, 60, 45, 20, 5]);
  const keepingAll = await ServerProcess.start(data);
  const before = await catalogueOf(keepingAll);
  expect(await keepingAll.stop()).toBe(0);
  const segments = (await readdir(join(data, "log"))).length;

  const server = await ServerProcess.start(data, keeping);
  await hasSaid(server, "looked for old history");
  const [id = ""] = texts.keys();
  expect(await server.metric("scriptorium_retention_dropped_records_total")).toBeGreaterThan(50);
  expect(await server.metric("scriptorium_retention_blocked")).toBe(0);
  const horizon = await server.metric("scriptorium_history_horizon_timestamp_seconds");
  expect(horizon * 1000).toBeLessThan(Date.now() - 30 * dayMs);
  expect(horizon * 1000).toBeGreaterThan(Date.now() - 46 * dayMs);
  expect((await readdir(join(data, "log"))).length).toBeLessThan(segments);
  expect(await catalogueOf(server)).toEqual(before);
  await expectTexts(server, texts);
  // Who is in the middle of it goes on.
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");
  expect(textOf(writer.doc)).toBe(texts.get(id as Ulid));
  writer.destroy();
  expect(await server.stop()).toBe(0);

  await rm(join(data, "projections"), { recursive: true });
  const rebuilt = await ServerProcess.start(data, keeping);
  expect(await catalogueOf(rebuilt)).toEqual(before);
  await expectTexts(rebuilt, texts);
  const reader = ownClient(rebuilt.socketUrl, id);
  await reached(reader, "saved");
  expect(textOf(reader.doc)).toBe(texts.get(id as Ulid));
  reader.doc.getText("content").insert(0, "And today: ");
  await reached(reader, "saving");
  await reached(reader, "saved");
  reader.destroy();
  expect(await rebuilt.text(id)).toBe(`And today: ${texts.get(id as Ulid)}`);
  expect(await rebuilt.stop()).toBe(0);
});

test.each(["serving", "dropping old history", "dropped old history"])(
  "killed after it said '%s', it goes on at the next start, and nothing is lost",
  async (what) => {
    const { texts } = await writeOldLog([90, 60, 45, 20]);
    for (const furtherMs of [0, 50, 200]) {
      const killed = ServerProcess.launch(data, keeping);
      await hasSaid(killed, what, "looked for old history");
      await elapsed(furtherMs);
      await killed.stop("SIGKILL");
      // Nothing but the log.
      await rm(join(data, "projections"), { recursive: true, force: true });
    }
    const server = await ServerProcess.start(data, keeping);
    await expectTexts(server, texts);
    expect((await catalogueOf(server)).map(({ edits }) => edits).sort((a, b) => a - b)).toEqual([
      20, 40, 60, 80,
    ]);
    await hasSaid(server, "looked for old history");
    expect(await server.metric("scriptorium_retention_last_run_timestamp_seconds")).toBeGreaterThan(0);
    expect(await server.metric("scriptorium_history_horizon_position")).toBeGreaterThan(0);
    await expectTexts(server, texts);
    expect(await server.stop()).toBe(0);
  },
);

test("a restore goes back to any moment behind the horizon, and to none before", async () => {
  const { textsOf } = await writeOldLog([90, 60, 20, 10]);
  const server = await ServerProcess.start(data, keeping);
  await hasSaid(server, "looked for old history");
  await server.stop();
  const backup = join(directory.path, "backup");
  await jsonLines("backup", backup, "--data", data);
  const elsewhere = join(directory.path, "elsewhere");
  const at = (daysAgo: number) => new Date(Date.now() - daysAgo * dayMs).toISOString();

  const early = await runCli(["restore", backup, "--to", elsewhere, "--at", at(70)]);
  expect(early).toMatchObject({ code: 2, stderr: expect.stringContaining("dropped because of its age") });

  expect(await runCli(["restore", backup, "--to", elsewhere, "--at", at(15)])).toMatchObject({ code: 0 });
  const restored = await ServerProcess.start(elsewhere);
  expect((await catalogueOf(restored)).map(({ edits }) => edits).sort()).toEqual([20, 40, 60]);
  const then = textsOf.get(20) ?? expect.fail("nothing was written that day");
  expect(then.size).toBe(3);
  await expectTexts(restored, then);
  expect(await restored.stop()).toBe(0);
});
