import { CloseCode, encodeEvent, encodeUpdate } from "@scriptorium/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { FakeServer } from "../test/fake-server";
import { start, waitForNextAttempt } from "../test/started-provider";
import type { Permission } from "./permission";
import type { ProviderOptions } from "./provider";
import type { ResumePoint } from "./resume-point";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A provider whose every edit is saved, with a server that has said a quiet note. */
function startQuiet(options: Partial<ProviderOptions> & { readonly server?: FakeServer } = {}) {
  const started = start(options);
  started.server.welcome();
  started.server.noteQuiet();
  started.server.flush();
  expect(started.provider.status).toEqual({ state: "saved" });
  return started;
}

/** Edits like those of a text that was worked on for long: in thousands of places something was deleted. */
function writeAtLength(text: Y.Text): void {
  text.doc?.transact(() => {
    for (let i = 0; i < 3000; i++) {
      text.insert((i * 7919) % (text.length + 1), "words ");
      text.delete((i * 104_729) % (text.length - 1), 2);
    }
  });
}

test("takes less than a kilobyte both ways for ten missed edits of a large document", () => {
  const server = new FakeServer();
  server.relay(writeAtLength);
  const { provider, doc, text } = startQuiet({ server });
  const lost = server.socket;
  server.crash();
  for (let i = 0; i < 10; i++) server.relay((shared) => shared.insert(i * 100, "missed "));
  text.insert(0, "mine, ");
  text.delete(400, 5);
  waitForNextAttempt();
  server.welcome();
  server.noteQuiet();
  server.flush();

  expect(server.socket).not.toBe(lost);
  expect(provider.status).toEqual({ state: "saved" });
  expect(server.durable.getText("content").toString()).toBe(text.toString());
  expect(text.toString().match(/missed /g)).toHaveLength(10);
  expect(server.socket.bytesArrived).toBeLessThan(1000);
  expect(server.socket.bytesSent).toBeLessThan(1000);
  // What it would have taken to hand over alone, since Yjs repeats every deletion that there ever was.
  expect(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)).length).toBeGreaterThan(5000);
});

test("hands back another's edit that the server relayed and lost before it was on its disk", () => {
  const { server, provider, text } = startQuiet();
  server.relay((shared) => shared.insert(0, "words of Grace"));
  server.flush();
  server.relay((shared) => shared.delete(0, 9));
  server.flush();
  expect([text.toString(), provider.status.state]).toEqual(["Grace", "saved"]);
  server.crash();
  expect(server.doc.getText("content").toString()).toBe("");

  waitForNextAttempt();
  server.welcome();
  expect(server.params.since).toBeDefined();
  expect(server.durable.getText("content").toString()).toBe("Grace");
  expect(provider.status).toEqual({ state: "saved" });
});

test("hands back a deletion of another's that the server lost, although no state vector shows it", () => {
  const server = new FakeServer();
  server.relay((shared) => shared.insert(0, "one two"));
  const { text } = startQuiet({ server });
  server.relay((shared) => shared.delete(3, 4));
  server.flush();
  expect(text.toString()).toBe("one");
  server.crash();
  expect(server.doc.getText("content").toString()).toBe("one two");
  waitForNextAttempt();
  server.welcome();
  expect(server.durable.getText("content").toString()).toBe("one");
});

test("hands over everything to a server that has lost more than can be resumed from", () => {
  const { server, text } = startQuiet();
  text.insert(0, "saved before the disk was exchanged");
  server.receive();
  server.noteQuiet();
  server.flush();
  const revision = server.durableRevision;
  server.crash();
  const amnesiac = new FakeServer();
  waitForNextAttempt();
  expect(server.params.since).toBe(String(revision));
  server.socket.arriveOpen();
  server.socket.arriveFrame(encodeEvent({ type: "joined", epoch: server.epoch, resumed: true }));
  server.socket.arriveFrame(amnesiac.step1());
  server.flush();
  const handedOver = server.socket.takeSent().at(-1) ?? expect.fail("nothing was handed over");
  // 0 sync, 1 step 2, and how long the update is.
  Y.applyUpdate(amnesiac.doc, handedOver.subarray(3));
  expect(amnesiac.doc.getText("content").toString()).toBe("saved before the disk was exchanged");
});

test("says from where to resume only after a quiet note, and the epoch from the first word on", () => {
  const { server, provider } = start();
  expect(server.params).toEqual({ v: "1" });
  server.welcome();
  const { epoch } = server;
  expect(provider.resumePoint).toEqual({ epoch, revision: undefined });
  server.relay((shared) => shared.insert(0, "Grace"));
  server.flush();
  server.socket.arriveClose(CloseCode.restarting, "");
  server.flush();
  waitForNextAttempt();
  expect(server.params).toEqual({ v: "1", epoch });

  server.welcome();
  server.noteQuiet();
  server.flush();
  const revision = server.durableRevision;
  expect(provider.resumePoint).toEqual({ epoch, revision });
  server.crash();
  waitForNextAttempt();
  expect(server.params).toEqual({ v: "1", epoch, since: String(revision) });
});

test("does not take a quiet note for a resume point before it has the whole document", () => {
  const server = new FakeServer();
  server.relay((shared) => shared.insert(0, "Grace"));
  const { provider } = start({ server });
  server.open();
  server.join();
  server.noteQuiet();
  server.flush();
  expect(provider.resumePoint?.revision).toBeUndefined();
});

test("does not take a quiet note for a resume point while something that arrived waits for the rest", () => {
  const { server, provider } = startQuiet();
  const before = provider.resumePoint;
  const other = new Y.Doc();
  other.getText("content").insert(0, "never sent");
  const had = Y.encodeStateVector(other);
  other.getText("content").insert(10, ", sent");
  server.socket.arriveFrame(encodeUpdate(Y.encodeStateAsUpdate(other, had)));
  server.relay((shared) => shared.insert(0, "Grace"));
  server.noteQuiet();
  server.flush();
  expect(provider.resumePoint).toEqual(before);
});

test("goes on where an earlier visit stood, and hands over all that this one did not see", () => {
  const server = new FakeServer();
  server.relay((shared) => shared.insert(0, "known "));
  const visit = startQuiet({ server });
  const copy = Y.encodeStateAsUpdate(visit.doc);
  const resumePoint = visit.provider.resumePoint ?? expect.fail("no resume point");
  visit.provider.destroy();
  server.relay((shared) => shared.insert(6, "missed "));

  const doc = new Y.Doc();
  Y.applyUpdate(doc, copy);
  doc.getText("content").insert(0, "offline ");
  const { provider, text } = start({ server, doc, resumePoint, unsavedEdits: 1 });
  expect(server.params).toEqual({
    v: "1",
    epoch: resumePoint.epoch,
    since: String(resumePoint.revision),
  });
  server.welcome();
  expect(text.toString()).toBe("offline known missed ");
  expect(server.durable.getText("content").toString()).toBe("offline known missed ");
  expect(provider.status).toEqual({ state: "saved" });
});

test("can be told later from where to resume, when the content was loaded later, too", () => {
  const { server, provider } = start({ connect: false });
  provider.resumeFrom({ epoch: server.epoch, revision: 7n });
  provider.connect();
  expect(server.params).toEqual({ v: "1", epoch: server.epoch, since: "7" });
});

test("starts again without a resume point that promised more than the document holds", () => {
  const server = new FakeServer();
  server.relay((shared) => shared.insert(0, "lost by this device"));
  const epoch = server.epoch;
  const { provider, text } = start({ server, resumePoint: { epoch, revision: 1n } });
  const points: (ResumePoint | undefined)[] = [];
  provider.onResumePointChange(() => points.push(provider.resumePoint));
  server.open();
  server.join();
  server.sendStep1();
  server.flush();
  server.receive();
  server.flush();
  expect([provider.synced, provider.status.state]).toEqual([false, "connecting"]);
  expect(server.sockets).toHaveLength(2);
  expect(server.params).toEqual({ v: "1", epoch });
  expect(points).toEqual([{ epoch, revision: undefined }]);

  server.welcome();
  server.noteQuiet();
  server.flush();
  expect(text.toString()).toBe("lost by this device");
  expect(provider.status).toEqual({ state: "saved" });
  // What was wrong once may be wrong again: this provider takes the whole from now on.
  expect(points).toHaveLength(1);
});

test("tells of an epoch before the first content of it, and of a revision after all that it covers", () => {
  const server = new FakeServer();
  server.relay((shared) => shared.insert(0, "Grace"));
  const { provider, text } = start({ server });
  const seen: [string, boolean][] = [];
  provider.onResumePointChange(() =>
    seen.push([text.toString(), provider.resumePoint?.revision !== undefined]),
  );
  server.welcome();
  server.noteQuiet();
  server.noteQuiet();
  server.flush();
  expect(seen).toEqual([
    ["", false],
    ["Grace", true],
  ]);
});

test("keeps the edits, and stays away, when the server refuses an epoch that is past", () => {
  const { server, provider, text } = startQuiet();
  server.crash();
  text.insert(0, "a");
  waitForNextAttempt();
  server.socket.arriveOpen();
  server.socket.arriveClose(CloseCode.staleEpoch, "restored");
  server.flush();
  vi.advanceTimersByTime(60_000);
  expect(provider.status).toEqual({ state: "closed", edits: 1, code: 4409, reason: "restored" });
  expect([text.toString(), server.sockets.length]).toEqual(["a", 2]);
});

test("hands nothing over to a document of another epoch, even if the server would let it", () => {
  const { server, provider, text } = startQuiet();
  server.crash();
  text.insert(0, "a");
  server.epoch = "01HZY0000000000000000NEW00";
  const known = provider.resumePoint;
  waitForNextAttempt();
  server.open();
  server.join();
  server.sendStep1();
  const { socket } = server;
  server.flush();
  expect(provider.status).toMatchObject({ state: "closed", edits: 1, code: 4409 });
  expect(provider.resumePoint).toBe(known);
  expect(socket.readyState).toBe(3);
  server.receive();
  expect(server.updatesReceived).toBe(0);
});

test("may write until told otherwise, and again on a connection on which it is not told so", () => {
  const { server, provider } = startQuiet();
  const told: Permission[] = [];
  provider.onPermissionChange(() => told.push(provider.permission));
  expect(provider.permission).toEqual({ access: "write", reason: undefined });
  const damaged = {
    type: "permission",
    access: "read",
    reason: "a part is damaged",
    code: "DAMAGED",
  } as const;
  for (let twice = 0; twice < 2; twice++) server.socket.arriveFrame(encodeEvent(damaged));
  server.flush();
  expect(told).toEqual([{ access: "read", reason: "a part is damaged", code: "DAMAGED" }]);

  server.crash();
  expect(provider.permission.access).toBe("read");
  waitForNextAttempt();
  server.welcome();
  expect(told.slice(1)).toEqual([{ access: "write", reason: undefined }]);
});

test("is not taken for able to write in between when each connection says that it is not", () => {
  const { server, provider } = start();
  const told: Permission[] = [];
  provider.onPermissionChange(() => told.push(provider.permission));
  for (let connection = 0; connection < 2; connection++) {
    server.open();
    server.join();
    server.socket.arriveFrame(encodeEvent({ type: "permission", access: "read" }));
    server.sendStep1();
    server.flush();
    server.receive();
    server.flush();
    server.crash();
    waitForNextAttempt();
  }
  expect(told).toEqual([{ access: "read", reason: undefined }]);
});
