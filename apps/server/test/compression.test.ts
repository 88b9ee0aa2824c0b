import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { applyPatches, readTrace, type SequentialTrace } from "./harness/traces";
import { WireClient } from "./harness/wire-client";

let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path);
});

afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

/** A client that opens a document as a stock one does. */
function open(documentId: string, offersCompression: boolean): Promise<WireClient> {
  return WireClient.join(server.socketUrl, documentId, { query: {}, offersCompression });
}

test("whoever offers compression is sent a large document in less than 45 % of the bytes", async () => {
  const trace = readTrace<SequentialTrace>("automerge-paper");
  const id = await server.createDocument();
  const writer = await WireClient.join(server.socketUrl, id);
  for (const { patches } of trace.txns) applyPatches(writer.doc.getText("content"), patches);
  writer.handOver();
  await writer.saved();

  const plain = await open(id, false);
  const compressed = await open(id, true);

  expect(plain.extensions).toBe("");
  expect(compressed.extensions).toContain("permessage-deflate");
  expect(textOf(plain.doc) === trace.endContent).toBe(true);
  expect(textOf(compressed.doc) === trace.endContent).toBe(true);
  expect(compressed.receivedBytes / plain.receivedBytes).toBeLessThan(0.45);

  // What comes later is compressed by nobody, and both understand it; so does the server what they compress.
  compressed.edit((text) => text.insert(0, "later ".repeat(1000)));
  await plain.until(() => textOf(plain.doc).startsWith("later "));
  await writer.until(() => textOf(writer.doc).startsWith("later "));
  writer.edit((text) => text.insert(0, "last "));
  await plain.until(() => textOf(plain.doc).startsWith("last later "));
  await compressed.until(() => textOf(compressed.doc).startsWith("last later "));
  for (const client of [plain, compressed, writer]) client.vanish();
});

test("nobody agrees on compression for a small document", async () => {
  const id = await server.createDocument({ text: "a few words" });
  const client = await open(id, true);
  expect(client.extensions).toBe("");
  expect(textOf(client.doc)).toBe("a few words");
  client.vanish();
});
