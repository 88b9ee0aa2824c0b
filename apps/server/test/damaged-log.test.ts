import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { SnowflakeGenerator, type Ulid, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { Log } from "@scriptorium/log";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { encodeCatalogueRecord } from "../src/storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../src/storage/stream";
import { flipBit } from "./harness/cli-files";
import { ownClient, reached, stockClient, synced, textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const ids = new UlidGenerator();
const revisions = new SnowflakeGenerator({ node: 0 });

function updateOf(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

async function append(log: Log, id: Ulid, stream: number, kind: number, payload: Uint8Array): Promise<void> {
  const author = ulidToBytes(id);
  const { durable } = log.append({ key: author, author, stream, kind, payload, revision: revisions.next() });
  await durable;
}

/** Writes a document of several KiB, which fills a segment. */
async function writeDocument(log: Log, title: string): Promise<Ulid> {
  const id = ids.next();
  await append(log, id, Stream.catalogue, CatalogueKind.created, encodeCatalogueRecord({ title }));
  await append(log, id, Stream.text, TextKind.update, updateOf(title.repeat(1000)));
  return id;
}

interface DocumentView {
  readonly title: string;
  readonly readOnly: boolean;
  readonly readOnlyReason: string | null;
  readonly deletedAt: string | null;
}

async function call(server: ServerProcess, method: string, path: string, body?: object) {
  const response = await fetch(`${server.origin}${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as DocumentView };
}

test("damage in a sealed segment makes the documents it concerns read-only, and no others", async () => {
  const directory = await temporaryDirectory();
  const logDirectory = join(directory.path, "log");
  const log = await Log.open({ directory: logDirectory, segmentBytesMax: 4096 });
  const [first, second, third] = [
    await writeDocument(log, "first"),
    await writeDocument(log, "second"),
    await writeDocument(log, "third"),
  ];
  // Of the second document, this is in a segment of its own.
  await append(log, second, Stream.text, TextKind.update, updateOf("is readable ".repeat(400)));
  await log.sealed();
  await log.close();
  const sealed = (await readdir(logDirectory)).filter((name) => name.endsWith(".sealed")).sort();
  // The first text of the second document is the fourth record.
  const damaged = join(logDirectory, "00000000000000000004.sealed");
  expect(sealed.map((name) => join(logDirectory, name))).toContain(damaged);
  await copyFile(damaged, join(directory.path, "intact"));
  await flipBit(damaged, 64 + 50);

  for (const start of ["first", "next"]) {
    const server = await ServerProcess.start(directory.path);
    expect(await server.text(first)).toBe("first".repeat(1000));
    expect(await server.text(third)).toBe("third".repeat(1000));
    const intact = await call(server, "GET", `/api/v1/documents/${first}`);
    expect(intact.body).toMatchObject({ readOnly: false, readOnlyReason: null });

    expect(await server.text(second)).toBe("is readable ".repeat(400));
    const { body } = await call(server, "GET", `/api/v1/documents/${second}`);
    expect(body).toMatchObject({
      readOnly: true,
      readOnlyReason: expect.stringContaining("00000000000000000004.sealed, byte 64"),
    });
    // Where the data is on the server's disk is nobody's business.
    expect(body.readOnlyReason).not.toContain(directory.path);
    const reader = stockClient(server.socketUrl, second);
    await synced(reader);
    expect(textOf(reader.doc)).toBe("is readable ".repeat(400));
    reader.destroy();
    const writer = ownClient(server.socketUrl, third);
    await reached(writer, "saved");
    writer.doc.getText("content").insert(0, "third");
    await reached(writer, "saving");
    await reached(writer, "saved");
    writer.doc.getText("content").delete(0, 5);
    await reached(writer, "saving");
    await reached(writer, "saved");
    writer.destroy();

    const set = await fetch(`${server.origin}/api/v1/documents/${second}/text`, {
      method: "PUT",
      headers: { "content-type": "text/plain", "if-match": '"1"' },
      body: "written over",
    });
    expect([set.status, await set.json()]).toEqual([403, expect.objectContaining({ code: "READ_ONLY" })]);

    const path = `/api/v1/documents/${second}`;
    expect(await call(server, "PATCH", path, { title: start })).toMatchObject({ body: { title: start } });
    expect(await call(server, "DELETE", path)).toMatchObject({ body: { deletedAt: expect.any(String) } });
    expect(await call(server, "POST", `${path}/restore`)).toMatchObject({
      body: { deletedAt: null, readOnly: true },
    });

    expect(server.output.join("\n")).toContain(
      start === "first" ? `${damaged}, byte 64` : "documents are read-only, since the log is damaged",
    );
    expect(await server.metric("scriptorium_documents_damaged")).toBe(1);
    expect((await call(server, "GET", "/readyz")).body).toEqual({ status: "ready", damagedDocuments: 1 });
    expect(await server.stop()).toBe(0);
  }

  // From a backup, for instance.
  await copyFile(join(directory.path, "intact"), damaged);
  const server = await ServerProcess.start(directory.path);
  expect(await server.metric("scriptorium_documents_damaged")).toBe(0);
  const text = await server.text(second);
  expect([text.length, text.includes("second".repeat(1000))]).toEqual([10_800, true]);
  expect((await call(server, "GET", `/api/v1/documents/${second}`)).body).toMatchObject({
    title: "next",
    readOnly: false,
  });
  expect(await server.stop()).toBe(0);
  await directory.remove();
});
