import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SnowflakeGenerator, type Ulid, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { Log } from "@scriptorium/log";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { encodeCatalogueRecord } from "../src/storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../src/storage/stream";
import { flipBit } from "./harness/cli-files";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const ids = new UlidGenerator();
const revisions = new SnowflakeGenerator({ node: 0 });

function updateOf(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

/** Writes a document of several KiB, which fills a segment. */
async function writeDocument(log: Log, title: string): Promise<Ulid> {
  const id = ids.next();
  const common = { key: ulidToBytes(id), author: ulidToBytes(id) };
  const records = [
    { stream: Stream.catalogue, kind: CatalogueKind.created, payload: encodeCatalogueRecord({ title }) },
    { stream: Stream.text, kind: TextKind.update, payload: updateOf(title.repeat(1000)) },
  ];
  for (const record of records) {
    await log.append({ ...common, ...record, revision: revisions.next() }).durable;
  }
  return id;
}

test("a damaged block of a sealed segment hides what it holds, and nothing else", async () => {
  const directory = await temporaryDirectory();
  const logDirectory = join(directory.path, "log");
  const log = await Log.open({ directory: logDirectory, segmentBytesMax: 4096 });
  const documents: Ulid[] = [];
  for (const title of ["first", "second", "third"]) documents.push(await writeDocument(log, title));
  await log.sealed();
  await log.close();
  const sealed = (await readdir(logDirectory)).filter((name) => name.endsWith(".sealed")).sort();
  // The document in the middle begins with the third record.
  const damaged = join(logDirectory, "00000000000000000003.sealed");
  expect(sealed.map((name) => join(logDirectory, name))).toContain(damaged);
  await flipBit(damaged, 64 + 50);

  const server = await ServerProcess.start(directory.path);

  const [first, second, third] = documents;
  expect(await server.text(first ?? "")).toBe("first".repeat(1000));
  expect(await server.text(third ?? "")).toBe("third".repeat(1000));
  const hidden = await fetch(`${server.origin}/api/v1/documents/${second}`);
  expect(hidden.status).toBe(404);
  expect(server.output.join("\n")).toContain(`${damaged}, byte 64`);
  expect(await server.stop()).toBe(0);
  await directory.remove();
});
