import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { ownClient, reached, shows, stockClient, synced, textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { applyPatches, type ConcurrentTrace, readTrace, type SequentialTrace } from "./harness/traces";

let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path);
});

afterAll(async () => {
  await server.stop();
  await directory.remove();
});

test("two stock clients replay a session of two people typing concurrently", async () => {
  const trace = readTrace<ConcurrentTrace>("friendsforever");
  const id = await server.createDocument({ title: "friendsforever" });
  const typists = typeTogether(trace).map((typed) => ({ typed, client: stockClient(server.socketUrl, id) }));
  await Promise.all(typists.map(({ client }) => synced(client)));

  await Promise.all(typists.map(({ typed, client }) => send(typed, client.doc)));
  await Promise.all(typists.map(({ client }) => shows(client.doc, trace.endContent)));

  const third = stockClient(server.socketUrl, id);
  await synced(third);
  expect(textOf(third.doc)).toBe(trace.endContent);
  expect(await server.text(id)).toBe(trace.endContent);
  for (const client of [third, ...typists.map(({ client }) => client)]) client.destroy();
});

test("a session of 259,778 edits is acknowledged durable edit by edit", async () => {
  const trace = readTrace<SequentialTrace>("automerge-paper");
  const id = await server.createDocument({ title: "automerge-paper" });
  const editsBefore = await server.metric("scriptorium_edits_total");
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");
  const text = writer.doc.getText("content");
  let typed = 0;
  for (const { patches } of trace.txns) {
    writer.doc.transact(() => applyPatches(text, patches));
    if (++typed % 1000 === 0) await new Promise(setImmediate);
  }
  await reached(writer, "saved");

  expect(writer.unsavedEdits).toBe(0);
  expect((await server.metric("scriptorium_edits_total")) - editsBefore).toBe(259_778);
  const reader = stockClient(server.socketUrl, id);
  await synced(reader);
  expect(textOf(reader.doc)).toBe(trace.endContent);
  expect(await server.text(id)).toBe(trace.endContent);
  reader.destroy();
  writer.destroy();
});

/** One transaction of a trace, as its author's editor would send it. */
interface Typed {
  readonly update: Uint8Array;
  /** The state vector of what the author had seen. */
  readonly needs: ReadonlyMap<number, number>;
}

/** Types the trace in two replicas that hear of each other exactly what the trace says; gives what each typed. */
function typeTogether(trace: ConcurrentTrace): [Typed[], Typed[]] {
  const typed: [Typed[], Typed[]] = [[], []];
  const replicas = [0, 1].map((agent) => {
    const doc = new Y.Doc();
    doc.clientID = agent + 1;
    return { doc, heard: 0 };
  });
  const seen = seenOfOther(trace);
  for (const [index, { agent, patches }] of trace.txns.entries()) {
    const author = replicas[agent];
    const others = typed[agent === 0 ? 1 : 0];
    if (author === undefined) return expect.fail("the trace has two authors");
    const { doc } = author;
    while (author.heard < (seen[index] ?? 0)) {
      Y.applyUpdate(doc, others[author.heard++]?.update ?? expect.fail("heard before it was typed"));
    }
    const needs = Y.decodeStateVector(Y.encodeStateVector(doc));
    doc.once("update", (update: Uint8Array) => typed[agent === 0 ? 0 : 1].push({ update, needs }));
    doc.transact(() => applyPatches(doc.getText("content"), patches));
  }
  return typed;
}

/** Sends what an author typed, each edit once everything has arrived that it was typed upon. */
async function send(typed: readonly Typed[], doc: Y.Doc): Promise<void> {
  for (const { update, needs } of typed) {
    while (!covers(doc, needs)) await new Promise<void>((resolve) => doc.once("update", () => resolve()));
    Y.applyUpdate(doc, update, "typed");
  }
}

function covers(doc: Y.Doc, needs: ReadonlyMap<number, number>): boolean {
  return [...needs].every(([client, clock]) => Y.getState(doc.store, client) >= clock);
}

/** For each transaction, how many of the other agent's transactions its author had seen. */
function seenOfOther(trace: ConcurrentTrace): number[] {
  const counts: [number, number][] = [];
  return trace.txns.map(({ parents, agent }, index) => {
    const count: [number, number] = [0, 0];
    for (const parent of parents) {
      const [first, second] = counts[parent] ?? [0, 0];
      count[0] = Math.max(count[0], first);
      count[1] = Math.max(count[1], second);
    }
    const seen = count[agent === 0 ? 1 : 0];
    count[agent === 0 ? 0 : 1]++;
    counts[index] = count;
    return seen;
  });
}
