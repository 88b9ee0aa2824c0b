import { setTimeout as elapsed } from "node:timers/promises";
import { CloseCode } from "@scriptorium/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { WireClient } from "./harness/wire-client";

let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let documentId: string;
/** As it was at `seen`, a revision of a large document. */
let replica: Uint8Array;
let seen: bigint;
/** The document's first revision of many. */
let first: bigint;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path);
  documentId = await server.createDocument();
  const writer = await WireClient.join(server.socketUrl, documentId);
  writer.edit((text) => text.insert(0, "first "));
  await writer.saved();
  first = writer.durable.revision;
  for (let edit = 0; edit < 2000; edit++) {
    writer.edit((text) => text.insert((edit * 7919) % text.length, "some words that somebody typed "));
    if (edit % 5 === 0) writer.edit((text) => text.delete((edit * 31) % (text.length - 9), 9));
  }
  writer.edit((text) => text.insert(0, "0123456789".repeat(20_000)));
  await writer.saved();
  const reader = await WireClient.join(server.socketUrl, documentId);
  await reader.until(() => reader.durable.revision > 0n);
  replica = Y.encodeStateAsUpdate(reader.doc);
  seen = reader.durable.revision;
  reader.vanish();
  for (let edit = 0; edit < 10; edit++) writer.edit((text) => text.insert(1000 * edit, "missed"));
  await writer.saved();
  writer.vanish();
});

afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

/** A client that was there at `seen`, and comes back with these parameters. */
async function comeBack(query: Record<string, string>, state = replica): Promise<WireClient> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const client = await WireClient.join(server.socketUrl, documentId, { doc, query: { v: "1", ...query } });
  expect(textOf(client.doc) === (await server.text(documentId))).toBe(true);
  client.vanish();
  return client;
}

/** It was sent what it missed, and next to nothing else. */
async function comesBackCheaply(): Promise<void> {
  const resumedBefore = await server.metric("scriptorium_connections_resumed_total");
  const client = await comeBack({ since: String(seen), epoch: documentId });
  expect(client.joined).toEqual({ type: "joined", epoch: documentId, resumed: true });
  expect(client.receivedBytes).toBeLessThan(1000);
  expect(await server.metric("scriptorium_connections_resumed_total")).toBe(resumedBefore + 1);
}

test("ten missed edits of a large document cost less than a kilobyte", async () => {
  await comesBackCheaply();
});

test("they do so when the room has been let go of, too", async () => {
  // Without anybody the room stays for ten seconds.
  while ((await server.metric("scriptorium_rooms")) > 0) await elapsed(100);
  await comesBackCheaply();
});

test("they do so when the server has been started anew, too", async () => {
  expect(await server.stop()).toBe(0);
  server = await ServerProcess.start(directory.path);
  await comesBackCheaply();
});

test.each<[string, () => Record<string, string>]>([
  ["of the future", () => ({ since: String(seen + 10n ** 12n) })],
  ["beyond 64 bits", () => ({ since: "99999999999999999999" })],
  ["that is no number", () => ({ since: "yesterday" })],
  ["that is negative", () => ({ since: "-1" })],
  ["that is empty", () => ({ since: "" })],
  ["from long ago", () => ({ since: String(first) })],
  ["of which nothing is known", () => ({ since: "0" })],
])("a revision %s is answered with all that the replica lacks", async (_what, query) => {
  const client = await comeBack({ epoch: documentId, ...query() });
  expect(client.joined?.resumed).toBe(false);
});

test("a revision without an epoch is passed over", async () => {
  const client = await comeBack({ since: String(seen) });
  expect(client.joined?.resumed).toBe(false);
});

test("a replica that lacks what it says it has is completed", async () => {
  const nothing = Y.encodeStateAsUpdate(new Y.Doc());
  const client = await comeBack({ since: String(seen), epoch: documentId }, nothing);
  expect(client.receivedBytes).toBeGreaterThan(200_000);
});

test("a replica of another epoch is turned away for good", async () => {
  const epoch = "01HZY0000000000000000000AB";
  const query = { v: "1", since: String(seen), epoch };
  const client = new WireClient(server.socketUrl, documentId, { query });
  expect((await client.closed).code).toBe(CloseCode.staleEpoch);
  expect(await server.metric('scriptorium_connections_closed_total{code="4409"}')).toBe(1);
});
