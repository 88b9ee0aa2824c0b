import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, gunzipSync, gzipSync } from "node:zlib";
import { SnowflakeGenerator, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeArchive } from "../../archive/encode-archive";
import { encodeCatalogueRecord } from "../../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../../storage/stream";
import { type ArchiveItem, readArchive } from "./read-archive";

const key = ulidToBytes(new UlidGenerator().next());
const revisions = new SnowflakeGenerator({ node: 1 });
const records: RecordInput[] = [
  record(Stream.catalogue, CatalogueKind.created, encodeCatalogueRecord({ title: "Minutes" })),
  record(Stream.text, TextKind.update, Buffer.from("one")),
  record(Stream.text, TextKind.update, Buffer.from("two")),
];

let directory: string;
let whole: Buffer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "scriptorium-"));
  whole = await archiveOf(records);
});

afterAll(() => rm(directory, { recursive: true }));

test("records come back in their order, to the byte, and then the documents", async () => {
  const items = await read(whole);
  expect(items.slice(0, -1).map(({ record }) => record && bare(record))).toEqual(records.map(bare));
  expect(items.at(-1)?.document).toMatchObject({ title: "Minutes", text: { records: 2 } });
});

const damages: [string, () => Buffer | Promise<Buffer>, RegExp][] = [
  ["of which nothing is left", () => Buffer.alloc(0), /cut off/],
  ["cut off in the middle", () => whole.subarray(0, whole.length >> 1), /cut off/],
  ["cut off just before its end", () => whole.subarray(0, whole.length - 1), /cut off/],
  ["without its last line", () => relined((lines) => lines.slice(0, -1)), /it was cut off/],
  ["with a line missing", () => relined((lines) => lines.toSpliced(2, 1)), /does not belong/],
  ["with a line twice", () => relined((lines) => lines.toSpliced(2, 0, `${lines[2]}`)), /does not belong/],
  [
    "with two lines swapped",
    () => relined((lines) => lines.with(2, `${lines[3]}`).with(3, `${lines[2]}`)),
    /older/,
  ],
  [
    "with a letter changed",
    () => relined((lines) => lines.with(2, `${lines[2]}`.replace("text", "teXt"))),
    /line 3: its checksum/,
  ],
  ["with something behind its end", () => relined((lines) => [...lines, `${lines[1]}`]), /behind the end/],
  [
    "of records that are not in order",
    () => archiveOf(records.toReversed()),
    /line 3: it is older than the one before/,
  ],
];

test.each(damages)("an archive %s is damaged", async (_title, make, message) => {
  await expect(read(await make())).rejects.toMatchObject({
    code: "DAMAGED",
    message: expect.stringMatching(message),
  });
});

test.each([
  ["text", () => Buffer.from("# Notes\n")],
  ["another compressed file", () => gzipSync("# Notes\n")],
  ["what unpacks to far more, without a line end", () => gzipSync(Buffer.alloc(64 * 1024 * 1024))],
])("%s is no archive", async (_title, make) => {
  await expect(read(make())).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("is not an archive that scriptorium export has written"),
  });
});

const newerParts: [string, number, string][] = [
  ["format", 0, '{"type":"archive","format":"scriptorium-archive","version":2}'],
  ["type of line", 1, '{"type":"attachment"}'],
];

test.each(newerParts)("a %s of a newer release asks for a newer release", async (_title, at, json) => {
  const newer = relined((lines) => lines.with(at, `${crc32(json).toString(16).padStart(8, "0")} ${json}`));
  await expect(read(newer)).rejects.toMatchObject({
    code: "UNSUPPORTED_VERSION",
    message: expect.stringContaining("use the one that wrote it, or a newer one"),
  });
});

function record(stream: number, kind: number, payload: Uint8Array): RecordInput {
  return { revision: revisions.next(), key, stream, kind, author: instanceKey, payload };
}

function bare({ payload, key, author, ...rest }: RecordInput) {
  return { ...rest, bytes: [payload, key, author].map((bytes) => Buffer.from(bytes).toString("hex")) };
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

async function read(archive: Uint8Array): Promise<ArchiveItem[]> {
  const path = join(directory, "archive");
  await writeFile(path, archive);
  const items: ArchiveItem[] = [];
  for await (const item of readArchive(path, { signal: new AbortController().signal })) items.push(item);
  return items;
}

function relined(change: (lines: string[]) => string[]): Buffer {
  return gzipSync(`${change(gunzipSync(whole).toString("utf8").trimEnd().split("\n")).join("\n")}\n`);
}
