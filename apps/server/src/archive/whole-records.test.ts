import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SnowflakeGenerator, snowflakeParts, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { Log, type LogRecord, type RecordInput } from "@scriptorium/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  decodeCreatedRecord,
  decodeImportedRecord,
  encodeCatalogueRecord,
  encodeSnapshotRecord,
} from "../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../storage/stream";
import { wholeRecords } from "./whole-records";

const beganMs = Date.UTC(2026, 0, 1);
const hourMs = 60 * 60 * 1000;
const id = new UlidGenerator({ now: () => beganMs }).next();
const key = ulidToBytes(id);
const epoch = new UlidGenerator().next();

let directory: string;
let log: Log;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "scriptorium-"));
  log = await Log.open({ directory, sealing: false });
});

afterEach(async () => {
  await log.close();
  await rm(directory, { recursive: true });
});

test("where the beginning of a log was dropped, documents begin with what it came to, at the times when it was", async () => {
  let nowMs = beganMs + 10 * hourMs;
  const revisions = new SnowflakeGenerator({ node: 1, now: () => nowMs });
  const dropped = revisions.next();
  nowMs += hourMs;
  const update = record(Stream.text, TextKind.update, revisions.next(), "an edit since");
  nowMs += hourMs;
  const older = snapshot(dropped - 1n, "Older");
  await append(
    update,
    record(Stream.catalogue, CatalogueKind.snapshot, revisions.next(), older),
    record(Stream.text, TextKind.checkpoint, revisions.next(), "an older text"),
    record(Stream.catalogue, CatalogueKind.snapshot, revisions.next(), snapshot(dropped, "Minutes")),
    record(Stream.text, TextKind.checkpoint, revisions.next(), "the text"),
    // Of a moment for which the records are still there.
    record(Stream.catalogue, CatalogueKind.snapshot, revisions.next(), snapshot(update.revision, "Later")),
    record(Stream.text, TextKind.checkpoint, revisions.next(), "a later text"),
  );

  const whole = await collect(wholeRecords(() => log.read(), new AbortController().signal));

  expect(whole.map(({ stream, kind, revision }) => [stream, kind, snowflakeParts(revision).timeMs])).toEqual([
    [Stream.catalogue, CatalogueKind.created, beganMs],
    [Stream.catalogue, CatalogueKind.imported, beganMs],
    [Stream.text, TextKind.update, beganMs + hourMs],
    [Stream.catalogue, CatalogueKind.deleted, beganMs + 2 * hourMs],
    [Stream.text, TextKind.update, beganMs + 11 * hourMs],
  ]);
  const [created, imported, text] = whole as [RecordInput, RecordInput, RecordInput];
  expect(decodeCreatedRecord(created.payload)).toEqual({
    title: "Minutes",
    language: "Markdown",
    tags: ["a"],
  });
  expect(decodeImportedRecord(imported.payload)).toEqual({ from: "snapshot", epoch });
  expect(new TextDecoder().decode(text.payload)).toBe("the text");
});

test("a log that has everything is as it is", async () => {
  const revisions = new SnowflakeGenerator({ node: 1 });
  const created = encodeCatalogueRecord({ title: "Minutes" });
  await append(
    record(Stream.catalogue, CatalogueKind.created, revisions.next(), created),
    record(Stream.text, TextKind.update, revisions.next(), "an edit"),
  );
  const whole = await collect(wholeRecords(() => log.read(), new AbortController().signal));
  expect(whole).toEqual(await collect(log.read()));
});

function snapshot(asOf: bigint, title: string): Uint8Array {
  return encodeSnapshotRecord({
    asOf,
    title,
    language: "Markdown",
    createdMs: beganMs,
    updatedMs: beganMs + hourMs,
    deletedMs: beganMs + 2 * hourMs,
    epoch,
    edits: 3,
    tags: ["a"],
  });
}

function record(
  stream: number,
  kind: number,
  revision: bigint,
  payload: string | Uint8Array,
): Omit<LogRecord, "position"> {
  return { stream, kind, revision, key, author: instanceKey, payload: Buffer.from(payload) };
}

async function append(...records: readonly RecordInput[]): Promise<void> {
  await Promise.all(records.map((input) => log.append(input).durable));
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
