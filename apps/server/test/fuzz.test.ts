import * as prng from "lib0/prng";
import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { stockClient, synced, textOf } from "./harness/clients";
import { FuzzingNewcomer } from "./harness/fuzzing-newcomer";
import { HonestPair } from "./harness/honest-pair";
import { RawClient } from "./harness/raw-client";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const seed = Number(process.env.FUZZ_SEED ?? 1);
const framesMin = Number(process.env.FUZZ_FRAMES ?? 10_000);
const fuzzers = 8;
const residentBytesMax = 512 * 1024 * 1024;

test(`two people write on while ${framesMin} mutated frames come in (FUZZ_SEED=${seed})`, {
  timeout: 60_000 + framesMin * 50,
}, async () => {
  // y-protocols only prints that an update could not be applied.
  const printed = vi.spyOn(console, "error").mockImplementation(() => {});
  const directory = await temporaryDirectory();
  const server = await ServerProcess.start(directory.path);
  const id = await server.createDocument();
  const pair = await HonestPair.join(server, id);
  for (let i = 0; i < 20; i++) pair.type();
  await pair.write();
  const base = Y.encodeStateAsUpdate(pair.own.doc);
  let frames = 0;

  const fuzz = async (random: prng.PRNG) => {
    while (frames < framesMin) {
      const newcomer = new FuzzingNewcomer(random, base);
      let client = await RawClient.open(server.socketUrl, id);
      for (let sent = 0; sent < 20; sent++) {
        // Most frames end the connection; whoever sends them comes again.
        if (!client.isOpen) client = await RawClient.open(server.socketUrl, id);
        client.send(newcomer.nextFrame());
        await client.settled();
        if (++frames % 10 === 0) pair.type();
      }
      newcomer.destroy();
      await client.close();
    }
  };
  await Promise.all(Array.from({ length: fuzzers }, (_, index) => fuzz(prng.create(seed + index))));
  await pair.write();

  const newcomer = stockClient(server.socketUrl, id);
  await synced(newcomer);
  expect(textOf(newcomer.doc)).toBe(textOf(pair.own.doc));
  expect(printed).not.toHaveBeenCalled();
  // Not all was refused at the door, and not all of it let in.
  expect(await server.metric("scriptorium_edits_total")).toBeGreaterThan(pair.written);
  expect(await server.metric('scriptorium_messages_rejected_total{reason="malformed"}')).toBeGreaterThan(
    framesMin / 10,
  );
  expect(await server.metric("process_resident_memory_bytes")).toBeLessThan(residentBytesMax);
  expect(server.output.filter(isError)).toEqual([]);
  printed.mockRestore();
  newcomer.destroy();
  pair.leave();
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

function isError(line: string): boolean {
  return line.startsWith("{") && JSON.parse(line).level >= 50;
}
