import { expect, test } from "vitest";
import { ownClient, reached, stockClient, synced, textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const MiB = 1024 * 1024;

test("a document that is larger than what may wait for one slow reader still opens", async () => {
  const directory = await temporaryDirectory();
  const server = await ServerProcess.start(directory.path);
  const id = await server.createDocument();
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");
  for (const letter of ["a", "b", "c", "d", "e"]) {
    writer.doc.getText("content").insert(0, letter.repeat(14 * MiB));
    await reached(writer, "saved");
  }

  const reader = stockClient(server.socketUrl, id);
  await synced(reader);

  expect(textOf(reader.doc).length).toBe(70 * MiB);
  expect(textOf(reader.doc) === textOf(writer.doc)).toBe(true);
  for (const client of [reader, writer]) client.destroy();
  await server.stop();
  await directory.remove();
});
