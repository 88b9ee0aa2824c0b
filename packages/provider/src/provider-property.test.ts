import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { create, waitForNextAttempt } from "../test/started-provider";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const acts = [
  "type",
  "type",
  "erase",
  "persist",
  "relay",
  "relay",
  "relayErasure",
  "quiet",
  "quiet",
  "open",
  "open",
  "step1",
  "receive",
  "receive",
  "acknowledge",
  "partly",
  "crash",
  "drop",
  "fail",
  "wait",
  "toggle",
  "welcome",
  "welcome",
] as const;

/** A replica, and a server that does what a real one may do, in whichever order. */
class Story {
  readonly started: ReturnType<typeof create>;
  readonly #stored = new Y.Doc();
  readonly #opened = new Set<unknown>();
  readonly #joins: boolean;
  #wanted = true;
  #joined: unknown;
  edits = 0;
  resumed = 0;

  /** @param joins whether the server knows epochs and resume points */
  constructor(joins: boolean, gatherMs: number) {
    this.started = create({ gatherMs });
    this.#joins = joins;
  }

  act(what: (typeof acts)[number]): void {
    const { server, provider, doc, text } = this.started;
    const isOpen = server.socket.readyState === 1;
    const isNew = server.socket.readyState === 0 && !this.#opened.has(server.socket);
    switch (what) {
      case "type":
        this.edits++;
        text.insert(text.length, "x");
        break;
      case "erase":
        if (text.length === 0) break;
        this.edits++;
        text.delete(Math.floor(text.length / 2), 1);
        break;
      case "persist":
        this.#stored.getText("content").insert(0, "s");
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#stored), "persistence");
        break;
      case "relay":
        server.relay((shared) => shared.insert(0, "g"));
        break;
      case "relayErasure":
        server.relay((shared) => shared.delete(0, Math.min(1, shared.length)));
        break;
      case "quiet":
        if (isOpen && this.#joins) server.noteQuiet();
        break;
      case "open":
        if (isNew) this.#open();
        break;
      case "step1":
        if (isOpen) server.sendStep1();
        break;
      case "receive":
        server.receive();
        break;
      case "acknowledge":
        if (isOpen) server.acknowledge();
        break;
      case "partly":
        if (isOpen) server.acknowledge(Math.floor(server.updatesReceived / 2));
        break;
      case "crash":
        if (isOpen) server.crash();
        break;
      case "drop":
        if (isOpen) server.socket.arriveClose(1006, "");
        break;
      case "fail":
        if (isNew) server.socket.arriveFailure();
        break;
      case "wait":
        waitForNextAttempt();
        break;
      case "toggle":
        this.#wanted = !this.#wanted;
        if (this.#wanted) provider.connect();
        else provider.disconnect();
        break;
      case "welcome":
        if (isNew) this.#welcome();
        break;
    }
    server.flush();
  }

  /** Ends with a server that has been told everything and has it on its disk. */
  end(): void {
    const { server, provider } = this.started;
    provider.disconnect();
    provider.connect();
    this.#welcome();
    server.receive();
    server.acknowledge();
    if (this.#joins) server.noteQuiet();
    server.flush();
  }

  #open(): void {
    const { server } = this.started;
    if (this.#joined === server.socket) return;
    this.#joined = server.socket;
    this.#opened.add(server.socket);
    server.open();
    if (!this.#joins) return;
    server.join();
    if (server.params.since !== undefined) this.resumed++;
  }

  #welcome(): void {
    const { server } = this.started;
    this.#open();
    server.sendStep1();
    server.flush();
    server.receive();
    server.flush();
    server.receive();
    server.acknowledge();
    server.flush();
  }
}

function clocksOf(doc: Y.Doc): Map<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(doc));
}

test.each([
  ["a server that resumes", true, 0],
  ["a server that does not resume", false, 0],
  ["a server that resumes, and edits that are gathered", true, 50],
])("loses nothing, and never says saved too early, with %s", (_what, joins, gatherMs) => {
  let resumed = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { minLength: 5, maxLength: 80, size: "max" }), (story) => {
      const told = new Story(joins, gatherMs);
      const { server, provider, doc, text } = told.started;
      for (const what of story) {
        told.act(what);
        const made = Y.getState(doc.store, doc.clientID);
        const durable = Y.getState(server.durable.store, doc.clientID);
        expect(provider.unsavedEdits).toBeGreaterThanOrEqual(made - durable);
        expect(provider.unsavedEdits).toBeLessThanOrEqual(told.edits);
        // What is gathered is not there yet, as if it were still on its way.
        if (provider.status.state === "saved" && gatherMs === 0) {
          const kept = server.withoutOwnEdits();
          expect(kept.getText("content").toString()).toBe(text.toString());
          expect(clocksOf(kept)).toEqual(clocksOf(doc));
        }
      }
      told.end();
      // Also what others had deleted and inserted, and what a crash of the server took from its memory.
      expect(server.durable.getText("content").toString()).toBe(text.toString());
      expect(clocksOf(server.durable)).toEqual(clocksOf(doc));
      expect(provider.status).toEqual({ state: "saved" });
      expect(provider.unsavedEdits).toBe(0);
      resumed += told.resumed;
      provider.destroy();
      doc.destroy();
    }),
    { numRuns: 200 },
  );
  // The examples that were drawn must have put resuming to the test.
  expect(resumed > 50).toBe(joins);
});
