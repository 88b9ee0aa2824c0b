import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { snowflakeAtTime, snowflakeParts, UlidGenerator, ulidFromBytes, ulidToBytes } from "@scriptorium/ids";
import { Log, LogReader, type LogRecord, type RecordInput } from "@scriptorium/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import { archiveFormat, archiveVersion, encodeEntry } from "../../archive/archive-format";
import { encodeArchive } from "../../archive/encode-archive";
import { noProgress } from "../../operations/progress";
import { encodeCatalogueRecord, encodeSnapshotRecord } from "../../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../../storage/stream";
import { encodeText } from "../../updates/encode-text";
import { importArchive } from "./import-archive";
import { importFiles } from "./import-files";

const dayMs = 24 * 60 * 60 * 1000;
/** Everything up to here was dropped by the instance that is imported into. */
const horizonMs = Date.UTC(2026, 5, 1);
const ids = new UlidGenerator();
const id = ids.next();

let directory: string;
let dataDirectory: string;
const bars = { checking: noProgress, reading: noProgress, surveying: noProgress, writing: noProgress };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "scriptorium-"));
  dataDirectory = join(directory, "data");
  await writeTrimmedLog(join(dataDirectory, "log"));
});

afterEach(() => rm(directory, { recursive: true }));

test("an archive with edits of before the horizon is refused: they would be taken for the beginning of all", async () => {
  const before = await recordsOf(join(dataDirectory, "log"));
  await expect(importInto([horizonMs - dayMs])).rejects.toMatchObject({
    code: "IN_THE_WAY",
    message: expect.stringMatching(/dropped its history of before 2026-06-01.*new data directory/),
  });
  expect(await recordsOf(join(dataDirectory, "log"))).toEqual(before);
});

test("one of which all edits lie behind it is imported, and what stands for dropped records still does", async () => {
  const before = await recordsOf(join(dataDirectory, "log"));
  expect(await importInto([horizonMs + dayMs / 2, horizonMs + 3 * dayMs])).toMatchObject({
    added: 1,
    present: 0,
  });
  const records = await recordsOf(join(dataDirectory, "log"));
  const own = records.filter(({ key }) => ulidFromBytes(key) === id);
  expect(own.map(bare)).toEqual(before.map(bare));
  for (const { revision } of records) expect(revision).toBeGreaterThan(snowflakeAtTime(horizonMs));
});

test("a file of before the horizon begins just behind it", async () => {
  const source = join(directory, "old.md");
  await writeFile(source, "old");
  await utimes(source, new Date(horizonMs - dayMs), new Date(horizonMs - dayMs));
  const imported = await importFiles({ ...optionsOf(), source });
  expect(imported).toMatchObject({ added: 1, refused: [] });
  const [created] = (await recordsOf(join(dataDirectory, "log"))).filter(
    ({ key }) => ulidFromBytes(key) !== id,
  );
  expect(snowflakeParts(created?.revision ?? 0n).timeMs).toBe(horizonMs + 1);
});

test("a revision of the future is refused, as all that is written later would be as late", async () => {
  await expect(importInto([Date.now() + 2 * dayMs])).rejects.toMatchObject({
    code: "DAMAGED",
    message: expect.stringContaining("it is of the future"),
  });
});

test.each([
  ["an update that Yjs cannot read", Stream.text, TextKind.update, Buffer.from("no update")],
  ["a title that is none", Stream.catalogue, CatalogueKind.renamed, Buffer.from('{"title":1}')],
  ["an author without an ID", Stream.catalogue, CatalogueKind.author, Buffer.from('{"name":"Ada"}')],
])("an archive with %s is refused before anything is written", async (_title, stream, kind, payload) => {
  const before = await recordsOf(join(dataDirectory, "log"));
  const archive = join(directory, "archive");
  const revision = snowflakeAtTime(horizonMs + dayMs);
  const record = { revision, key: ulidToBytes(ids.next()), stream, kind, author: instanceKey, payload };
  const createdAt = new Date(0).toISOString();
  const header = {
    type: "archive",
    format: archiveFormat,
    version: archiveVersion,
    product: "1.0.0",
    createdAt,
  } as const;
  // By something else than an export, which would refuse to write it.
  await writeFile(archive, gzipSync(encodeEntry(header) + encodeEntry({ type: "record", record })));

  await expect(importArchive({ ...optionsOf(), archive, rename: false })).rejects.toMatchObject({
    code: "DAMAGED",
    message: expect.stringContaining(`record ${revision}`),
  });

  expect(await recordsOf(join(dataDirectory, "log"))).toEqual(before);
});

function optionsOf() {
  const { signal } = new AbortController();
  return { dataDirectory, version: "0.1.0", dryRun: false, now: Date.now, signal, ...bars };
}

/** A log of which the beginning was dropped: one document, as its snapshot has it, and an edit since. */
async function writeTrimmedLog(path: string): Promise<void> {
  const key = ulidToBytes(id);
  const common = { key, author: instanceKey };
  const snapshot = encodeSnapshotRecord({
    ...{ asOf: snowflakeAtTime(horizonMs), title: "Minutes", language: null, epoch: id, edits: 1, tags: [] },
    ...{ createdMs: horizonMs - dayMs, updatedMs: horizonMs, deletedMs: null },
  });
  const at = (days: number) => snowflakeAtTime(horizonMs + days * dayMs);
  const text = { ...common, stream: Stream.text };
  const log = await Log.open({ directory: path, sealing: false });
  const appended = [
    { ...text, kind: TextKind.update, revision: at(1), payload: encodeText("since") },
    { ...common, stream: Stream.catalogue, kind: CatalogueKind.snapshot, revision: at(2), payload: snapshot },
    { ...text, kind: TextKind.checkpoint, revision: at(2) + 1n, payload: encodeText("before") },
  ].map((record) => log.append(record).durable);
  await Promise.all(appended);
  await log.close();
}

/** Imports a document with edits of these times. */
async function importInto(times: readonly number[]) {
  const key = ulidToBytes(ids.next());
  const common = { key, author: instanceKey };
  const [first = 0] = times;
  const created = encodeCatalogueRecord({ title: "Elsewhere" });
  const archive = join(directory, "archive");
  await writeFile(
    archive,
    await archiveOf([
      {
        ...common,
        stream: Stream.catalogue,
        kind: CatalogueKind.created,
        revision: snowflakeAtTime(first),
        payload: created,
      },
      ...times.map((timeMs) => ({
        ...{ ...common, stream: Stream.text, kind: TextKind.update },
        revision: snowflakeAtTime(timeMs) + 1n,
        payload: encodeText(String(timeMs)),
      })),
    ]),
  );
  return importArchive({ ...optionsOf(), archive, rename: false });
}

async function archiveOf(records: readonly RecordInput[]): Promise<Buffer> {
  async function* inOrder() {
    yield* records;
  }
  const pieces: Buffer[] = [];
  const source = { records: inOrder(), product: "1.0.0", createdAt: new Date(0) };
  for await (const piece of encodeArchive(source)) pieces.push(piece);
  return gzipSync(Buffer.concat(pieces));
}

async function recordsOf(path: string): Promise<LogRecord[]> {
  const log = await Log.open({ directory: path, sealing: false });
  const { durablePosition } = log;
  await log.close();
  const reader = await LogReader.open({ directory: path });
  const records: LogRecord[] = [];
  for await (const record of reader.read(durablePosition)) records.push(record);
  await reader.close();
  return records;
}

function bare({ position: _, ...record }: LogRecord) {
  return record;
}
