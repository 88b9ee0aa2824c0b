import { emptyUpdate, encodeStep2, encodeUpdate, readClientMessage } from "@scriptorium/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { start, startSaved } from "../test/started-provider";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What somebody else typed, key by key. */
function typedElsewhere(words: string): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const letter of words) doc.getText("content").insert(doc.getText("content").length, letter);
  return updates;
}

test("applies all texts of a frame in one transaction, as a change of somebody else's", () => {
  const { server, provider, doc, text } = startSaved();
  const changes: boolean[] = [];
  const deltas: unknown[] = [];
  doc.on("update", (_update, _origin, _doc, { local }) => changes.push(local));
  text.observe(({ delta }) => deltas.push(delta));
  server.socket.arriveFrame(...typedElsewhere("Grace").map(encodeUpdate), encodeStep2(emptyUpdate));
  server.flush();
  expect(deltas).toEqual([[{ insert: "Grace" }]]);
  expect(changes).toEqual([false]);
  expect([provider.unsavedEdits, server.socket.takeSent()]).toEqual([0, []]);
});

test("answers the questions of a frame in the order in which they were asked", () => {
  const { server, provider, text } = start();
  provider.awareness.setLocalStateField("name", "Ada");
  text.insert(0, "mine");
  server.open();
  server.flush();
  server.socket.takeSent();
  const queryAwareness = Uint8Array.of(3);
  server.socket.arriveFrame(server.step1(), queryAwareness, server.step1());
  server.flush();
  expect(server.socket.takeSent().map((frame) => readClientMessage(frame).type)).toEqual([
    "step2",
    "awareness",
    "step2",
  ]);
});

test("goes on with the rest when an observer of the document fails", () => {
  const report = vi.spyOn(console, "error").mockImplementation(() => {});
  const { server, provider, text } = start();
  text.observe(() => {
    throw new Error("not the provider's fault");
  });
  server.open();
  server.flush();
  server.socket.arriveFrame(
    ...typedElsewhere("Grace").map(encodeUpdate),
    encodeStep2(emptyUpdate),
    server.step1(),
  );
  server.flush();
  expect([text.toString(), provider.synced, provider.status.state]).toEqual(["Grace", true, "saving"]);
  expect(report).toHaveBeenCalledOnce();
  report.mockRestore();
});

test("goes on with the rest when one text of a frame cannot be applied", () => {
  const report = vi.spyOn(console, "error").mockImplementation(() => {});
  const { server, text } = startSaved();
  const undecodable = Uint8Array.of(1, 2, 3);
  server.socket.arriveFrame(...[undecodable, ...typedElsewhere("Grace")].map(encodeUpdate));
  server.flush();
  expect(text.toString()).toBe("Grace");
  expect(report).toHaveBeenCalledOnce();
  report.mockRestore();
});

test("gathers what others type, but neither acknowledgements nor what a lost connection brought", () => {
  const { server, provider, text } = startSaved({ gatherMs: 50 });
  vi.advanceTimersByTime(50);
  server.relay((shared) => shared.insert(0, "b"));
  server.relay((shared) => shared.insert(0, "a"));
  server.flush();
  text.insert(text.length, "!");
  server.receive();
  server.acknowledge();
  server.flush();
  expect([text.toString(), provider.status.state]).toEqual(["b!", "saved"]);
  // The server may die before it has that on its disk: this replica must be able to hand it back.
  server.socket.arriveClose(1006, "");
  server.flush();
  expect(text.toString()).toBe("ab!");
});

test("applies what was gathered in one transaction", () => {
  const { server, text } = startSaved({ gatherMs: 50 });
  vi.advanceTimersByTime(50);
  const deltas: unknown[] = [];
  text.observe(({ delta }) => deltas.push(delta));
  for (const letter of "Grace") server.relay((shared) => shared.insert(shared.length, letter));
  server.flush();
  vi.advanceTimersByTime(50);
  expect(deltas).toEqual([[{ insert: "G" }], [{ retain: 1 }, { insert: "race" }]]);
});
