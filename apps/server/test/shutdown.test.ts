import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { CloseCode } from "@scriptorium/protocol";
import * as prng from "lib0/prng";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ownClient, reached, textOf } from "./harness/clients";
import { RawClient } from "./harness/raw-client";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { steadyPort, TcpGate } from "./harness/tcp-gate";
import { WritingTable } from "./harness/writing-table";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(() => directory.remove());

test("a server told to stop while people type ends in order and loses nothing", async () => {
  const port = await steadyPort();
  const server = await ServerProcess.start(directory.path, { port });
  const gate = await TcpGate.listen(port);
  gate.open();
  const id = await server.createDocument();
  const table = new WritingTable(gate.socketUrl, id, prng.create(1), 2);
  const witness = await RawClient.open(server.socketUrl, id);
  table.start();
  await table.acknowledged.next();

  const startedAt = performance.now();
  gate.shut();
  expect(await server.stop("SIGTERM")).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect((await witness.closed).code).toBe(CloseCode.restarting);

  const restarted = await ServerProcess.start(directory.path, { port });
  expect(restarted.recovery.truncatedBytes).toBe(0);
  await table.audit(restarted);
  gate.open();
  await table.compare(restarted);
  await table.leave();
  await gate.close();
  expect(await restarted.stop()).toBe(0);
});

test("a connection that never sends a whole request does not keep the server from ending", async () => {
  const server = await ServerProcess.start(directory.path);
  const sockets = ["", "GET / HTTP/1.1\r\nHost: "].map((half) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(half));
    socket.on("error", () => {});
    return once(socket, "connect");
  });
  await Promise.all(sockets);

  const startedAt = performance.now();
  expect(await server.stop("SIGTERM")).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test("projections that were deleted, or killed while they lagged, come back the same from the log", async () => {
  const server = await ServerProcess.start(directory.path);
  await server.createDocument({ title: "another", text: "of which nobody thinks" });
  const id = await server.createDocument({ title: "draft" });
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");
  const text = writer.doc.getText("content");
  const edits = 5000;
  for (let i = 0; i < edits; i++) text.insert(i % 7, "abc".slice(i % 3));
  await reached(writer, "saved");
  await server.stop("SIGKILL");
  const written = textOf(writer.doc);
  writer.destroy();

  const afterKill = await ServerProcess.start(directory.path);
  const shownAfterKill = await shown(afterKill, id);
  expect(await afterKill.stop()).toBe(0);
  await rm(join(directory.path, "projections"), { recursive: true });
  const rebuilt = await ServerProcess.start(directory.path);

  expect(shownAfterKill.text).toBe(written);
  expect(shownAfterKill.list).toMatchObject({
    documents: [{ id, title: "draft", edits }, { title: "another" }],
  });
  expect(await shown(rebuilt, id)).toEqual(shownAfterKill);
  expect(await rebuilt.stop()).toBe(0);
});

/** What users see of the projections. */
async function shown(server: ServerProcess, id: string) {
  const list: unknown = await (await fetch(`${server.origin}/api/v1/documents`)).json();
  return { list, text: await server.text(id) };
}
