import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { WireClient } from "./harness/wire-client";

const MiB = 1024 * 1024;
const chunkBytes = 256 * 1024;
const poll = { timeout: 10_000 };

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

/** Types, and waits after each chunk until the server has it on disk. */
async function write(writer: WireClient, bytes: number): Promise<void> {
  for (let written = 0; written < bytes; written += chunkBytes) {
    writer.edit((text) =>
      text.insert(0, String.fromCharCode(97 + ((written / chunkBytes) % 26)).repeat(chunkBytes)),
    );
    await writer.saved();
  }
}

/** Types and deletes, so that much is sent about a document that stays small. */
async function rewrite(writer: WireClient, bytes: number): Promise<void> {
  for (let written = 0; written < bytes; written += chunkBytes) {
    writer.edit((text) => text.delete(0, text.length));
    writer.edit((text) => text.insert(0, `${written} `.repeat(chunkBytes / 8)));
    await writer.saved();
  }
}

test("a reader that stops for a while stays, costs no memory, and is complete when it reads again", async () => {
  const id = await server.createDocument();
  const [writer, reader] = await Promise.all([
    WireClient.join(server.socketUrl, id),
    WireClient.join(server.socketUrl, id),
  ]);
  await rewrite(writer, 2 * MiB);
  await reader.until(() => textOf(reader.doc) === textOf(writer.doc));
  const behindBefore = await server.metric("scriptorium_connections_behind_total");

  reader.pause();
  await rewrite(writer, 32 * MiB);

  const behind = (await server.metric("scriptorium_connections_behind_total")) - behindBefore;
  expect(behind).toBe(1);
  // What may wait for one client, and one message.
  expect(await server.metric("scriptorium_send_buffer_bytes")).toBeLessThan(2 * MiB);
  expect(reader.isOpen).toBe(true);
  reader.resume();
  await reader.until(() => textOf(reader.doc) === textOf(writer.doc));
  expect(await server.metric("scriptorium_send_buffer_bytes")).toBe(0);
  writer.edit((text) => text.insert(0, "and live again "));
  await reader.until(() => textOf(reader.doc).startsWith("and live again "));
  for (const client of [writer, reader]) client.vanish();
});

test("it is complete as well when a checkpoint has taken in what it missed", async () => {
  const id = await server.createDocument();
  const [writer, reader] = await Promise.all([
    WireClient.join(server.socketUrl, id),
    WireClient.join(server.socketUrl, id),
  ]);
  const behindBefore = await server.metric("scriptorium_connections_behind_total");
  reader.pause();
  await write(writer, 16 * MiB);
  expect(await server.metric("scriptorium_connections_behind_total")).toBe(behindBefore + 1);
  // The room comes to hold far less than was written since: a checkpoint holds the rest.
  await expect.poll(() => server.metric("scriptorium_rooms_tail_bytes"), poll).toBeLessThan(12 * MiB);

  reader.resume();
  await reader.until(() => reader.doc.getText("content").length === writer.doc.getText("content").length);

  expect(textOf(reader.doc) === textOf(writer.doc)).toBe(true);
  expect(reader.isOpen).toBe(true);
  for (const client of [writer, reader]) client.vanish();
});
