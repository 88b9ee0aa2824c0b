import { setTimeout as elapsed } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { WireClient } from "./harness/wire-client";

let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let documentId: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path);
});

beforeEach(async () => {
  documentId = await server.createDocument();
});

afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

function join(): Promise<WireClient> {
  return WireClient.join(server.socketUrl, documentId);
}

/** What a client last heard of another. */
function lastOf(client: WireClient, id: number): unknown {
  const entry = client.awareness.flat().findLast(({ client: of }) => of === id);
  return entry === undefined ? undefined : JSON.parse(entry.state);
}

/** Resolves when `client` has last heard `state` of the client `id`. */
function sees(client: WireClient, id: number, state: unknown): Promise<void> {
  return client.until(() => JSON.stringify(lastOf(client, id)) === JSON.stringify(state));
}

test("whoever's connection ends without a word is gone for the others at once", async () => {
  const [ada, grace] = [await join(), await join()];
  ada.speakFor(1, 1, { name: "Ada" });
  await sees(grace, 1, { name: "Ada" });

  const endedAt = performance.now();
  ada.vanish();
  await sees(grace, 1, null);

  // A heartbeat, or the clients' own clock, would take ten seconds and more.
  expect(performance.now() - endedAt).toBeLessThan(5000);
  const newcomer = await join();
  await newcomer.settled();
  expect(lastOf(newcomer, 1)).toBeUndefined();
  for (const client of [grace, newcomer]) client.vanish();
});

test("ten who move their cursors reach the others in at most 35 frames a second", async () => {
  const movers = await Promise.all(Array.from({ length: 10 }, join));
  const [observer, ...others] = [await join(), ...movers];
  const moves = 100;

  const startedAt = performance.now();
  for (let move = 1; move <= moves; move++) {
    movers.forEach((mover, index) => {
      mover.speakFor(index + 1, move, { at: move });
    });
    await elapsed(10);
  }
  for (const client of [observer, ...others]) {
    for (let index = 0; index < movers.length; index++) await sees(client, index + 1, { at: moves });
  }
  const seconds = (performance.now() - startedAt) / 1000;

  const frames = observer.awareness.length;
  expect(frames).toBeGreaterThan(5);
  expect(frames).toBeLessThanOrEqual(35 * seconds + 2);
  for (const client of [observer, ...movers]) client.vanish();
});

test("whoever speaks for another is not heard, and the other stays as it was", async () => {
  const [ada, third, grace] = [await join(), await join(), await join()];
  ada.speakFor(1, 1, { name: "Ada" });
  await sees(third, 1, { name: "Ada" });

  third.speakFor(1, 2, { name: "not Ada" });
  third.speakFor(1, 3, null);
  third.speakFor(2, 1, { name: "Grace" });
  await sees(grace, 2, { name: "Grace" });
  expect(grace.awareness.flat().filter(({ client }) => client === 1)).toEqual([
    { client: 1, clock: 1, state: '{"name":"Ada"}' },
  ]);

  // Nor do they take Ada along when they leave, and she is still heard herself.
  third.vanish();
  await sees(grace, 2, null);
  ada.speakFor(1, 2, { name: "Ada", at: 2 });
  await sees(grace, 1, { name: "Ada", at: 2 });
  for (const client of [ada, grace]) client.vanish();
});
