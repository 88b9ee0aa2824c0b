import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
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
  const typists = [new Typist(server.socketUrl, id, 0), new Typist(server.socketUrl, id, 1)];
  await Promise.all(typists.map((typist) => synced(typist.client)));

  await Promise.all(typists.map((typist) => typist.replay(trace)));
  for (const typist of typists) typist.releaseAll();
  await Promise.all(typists.map(({ doc }) => shows(doc, trace.endContent)));

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

/**
 * A stock client whose incoming edits wait until they are asked for, as on a slow line: so each transaction of the
 * trace is typed upon exactly what its author saw.
 */
class Typist {
  readonly doc = new Y.Doc();
  readonly client;
  readonly #agent: number;
  #arrived: (() => void)[] = [];
  #seen = 0;
  #wake = () => {};
  #open = false;

  constructor(socketUrl: string, documentId: string, agent: number) {
    this.#agent = agent;
    this.doc.clientID = agent + 1;
    const receive = (deliver: () => void, isEdit: boolean) => this.#receive(deliver, isEdit);
    class SlowWebSocket extends WebSocket {
      override emit(event: string | symbol, ...details: unknown[]): boolean {
        if (event !== "message") return super.emit(event, ...details);
        const [type, syncType] = new Uint8Array(details[0] as ArrayBuffer);
        receive(() => super.emit(event, ...details), type === 0 && syncType === 2);
        return true;
      }
    }
    this.client = stockClient(socketUrl, documentId, {
      doc: this.doc,
      WebSocketPolyfill: SlowWebSocket as unknown as typeof globalThis.WebSocket,
    });
  }

  async replay(trace: ConcurrentTrace): Promise<void> {
    const text = this.doc.getText("content");
    const seen = seenOfOther(trace);
    for (const [index, { agent, patches }] of trace.txns.entries()) {
      if (agent !== this.#agent) continue;
      await this.#see(seen[index] ?? 0);
      this.doc.transact(() => applyPatches(text, patches));
    }
  }

  releaseAll(): void {
    this.#open = true;
    for (const deliver of this.#arrived.splice(0)) deliver();
  }

  /** Lets edits in until there are `count` of them. */
  async #see(count: number): Promise<void> {
    while (this.#seen < count) {
      const deliver = this.#arrived.shift();
      if (deliver !== undefined) {
        deliver();
        this.#seen++;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #receive(deliver: () => void, isEdit: boolean): void {
    if (!isEdit || this.#open) {
      deliver();
      return;
    }
    this.#arrived.push(deliver);
    this.#wake();
  }
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
