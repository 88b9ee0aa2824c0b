import {
  type DocumentEvent,
  encodeAwareness,
  encodeDurable,
  ProtocolError,
  readAwarenessUpdate,
  readClientMessage,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { LogUnavailableError } from "../storage/document-log";
import { contentOf, docOf } from "../testing/edits";
import { turn } from "../testing/hand-log";
import { readFrames } from "../testing/read-frames";
import { createRoom } from "../testing/room-of";
import type { Member } from "./member";
import type { Person } from "./person";
import type { Room } from "./room";
import { readUpdateFacts } from "./update-facts";

const author = new Uint8Array(16).fill(7);
const empty = new Uint8Array();

/** A member that notes what it is told, and counts its messages as a session does. */
class FakeMember implements Member {
  acknowledgeable = 0;
  readonly #frames: Uint8Array[] = [];
  readonly positions: number[] = [];
  readonly notes: Uint8Array[] = [];
  readonly events: DocumentEvent[] = [];
  readonly acknowledged: (readonly [messages: number, revision: bigint])[] = [];
  readonly closed: (readonly [code: number, reason: string])[] = [];
  readonly persons: Person[] = [];

  identify(person: Person): void {
    this.persons.push(person);
  }

  sendUpdates(frames: readonly Uint8Array[], position: number): void {
    this.#frames.push(...frames);
    this.positions.push(position);
  }

  sendAwareness(frame: Uint8Array): void {
    this.#frames.push(frame);
  }

  noteDurable(frame: Uint8Array): void {
    this.notes.push(...readFrames([frame]));
  }

  get frames(): Uint8Array[] {
    return readFrames(this.#frames);
  }

  sendEvent(event: DocumentEvent): void {
    this.events.push(event);
  }

  acknowledge(messages: number, revision: bigint): void {
    this.acknowledged.push([messages, revision]);
  }

  close(code: number, reason: string): void {
    this.closed.push([code, reason]);
  }

  get updates(): Uint8Array[] {
    return this.frames.flatMap((frame) => {
      const message = readClientMessage(frame);
      return message.type === "update" ? [message.update] : [];
    });
  }

  get awareness() {
    return this.frames.flatMap((frame) => {
      const message = readClientMessage(frame);
      return message.type === "awareness" ? [readAwarenessUpdate(message.update)] : [];
    });
  }
}

function join(room: Room): FakeMember {
  const member = new FakeMember();
  room.join(member);
  return member;
}

/** An author's next updates, each of one letter. */
function typist(): () => Uint8Array {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  return () => {
    const before = Y.encodeStateVector(doc);
    text.insert(text.length, "x");
    return Y.encodeStateAsUpdate(doc, before);
  };
}

function take(room: Room, member: FakeMember, update: Uint8Array): void {
  member.acknowledgeable++;
  room.take(member, author, update, readUpdateFacts(update));
  room.acknowledgeWhenDurable(member);
}

test("relays an update at once to all but its sender, and acknowledges it only when it is durable", async () => {
  const { room, log } = createRoom();
  const [ada, grace, reader] = [join(room), join(room), join(room)];
  const update = typist()();
  take(room, ada, update);
  room.relay();
  expect([ada.updates, grace.updates, reader.updates]).toEqual([[], [update], [update]]);
  log.sync();
  await turn();
  expect(ada.acknowledged).toEqual([]);
  await log.synced();
  expect(ada.acknowledged).toEqual([[1, 10_000n]]);
  expect([grace.acknowledged, reader.acknowledged]).toEqual([[], []]);
});

test("writes each update to the log once, with document, author and kind", () => {
  const { room, log } = createRoom();
  const update = typist()();
  take(room, join(room), update);
  expect(log.entries).toEqual([
    expect.objectContaining({ key: expect.any(Uint8Array), stream: 1, kind: 1, author, payload: update }),
  ]);
});

test("keeps a copy of an update, since frames lie in memory that is used again", () => {
  const { room } = createRoom();
  const update = typist()();
  const memory = Uint8Array.of(0, 0, ...update, 0);
  const view = memory.subarray(2, 2 + update.length);
  take(room, join(room), view);
  memory.fill(255);
  expect(room.content.missingFrom(Uint8Array.of(0))).toEqual([update]);
});

test("relays the updates of one turn as one, and to several senders their own among them", async () => {
  const { room } = createRoom();
  const [ada, grace, reader] = [join(room), join(room), join(room)];
  const [byAda, byGrace] = [typist(), typist()];
  const updates = [byAda(), byGrace(), byAda()];
  take(room, ada, updates[0] ?? empty);
  take(room, grace, updates[1] ?? empty);
  take(room, ada, updates[2] ?? empty);
  await turn();
  expect(ada.updates).toEqual(reader.updates);
  expect(grace.updates).toEqual(reader.updates);
  expect(reader.updates).toHaveLength(1);
  expect(reader.positions).toEqual([16]);
  expect(contentOf(docOf(reader.updates))).toEqual(contentOf(docOf(updates)));
});

test("relays a flood in parts, since merging takes time that grows with the square", async () => {
  const { room } = createRoom();
  const [ada, reader] = [join(room), join(room)];
  const next = typist();
  for (let letter = 0; letter < 600; letter++) take(room, ada, next());
  expect(reader.updates).toHaveLength(2);
  await turn();
  expect(reader.updates).toHaveLength(3);
  expect(docOf(reader.updates).getText("content").length).toBe(600);
});

test("relays what came before it tells that it is durable", async () => {
  const { room, log } = createRoom();
  const [ada, grace] = [join(room), join(room)];
  take(room, ada, typist()());
  log.sync();
  const committed = log.synced();
  // The commit ends within the turn: nothing may wait for its end.
  await Promise.resolve();
  await Promise.resolve();
  expect([ada.acknowledged.length, grace.updates.length]).toEqual([1, 1]);
  await committed;
  expect(grace.updates).toHaveLength(1);
});

test("notes a while after the last commit that all is durable, and not while something is not", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { room, log } = createRoom();
    const ada = join(room);
    const next = typist();
    take(room, ada, next());
    await log.commit();
    take(room, ada, next());
    vi.advanceTimersByTime(10_000);
    expect(ada.notes).toEqual([]);
    await log.commit();
    vi.advanceTimersByTime(10_000);
    expect(ada.notes).toEqual([encodeDurable(0, 13_000n)]);
  } finally {
    vi.useRealTimers();
  }
});

test("acknowledges the members of one commit together, each with its own count", async () => {
  const { room, log } = createRoom();
  const [ada, grace] = [join(room), join(room)];
  const [byAda, byGrace] = [typist(), typist()];
  take(room, ada, byAda());
  take(room, grace, byGrace());
  take(room, ada, byAda());
  await log.commit();
  expect([ada.acknowledged, grace.acknowledged]).toEqual([[[2, 16_000n]], [[1, 16_000n]]]);
});

test("does not let a commit acknowledge what came after it had begun", async () => {
  const { room, log } = createRoom();
  const ada = join(room);
  const next = typist();
  take(room, ada, next());
  log.sync();
  take(room, ada, next());
  take(room, ada, next());
  await log.synced();
  expect(ada.acknowledged).toEqual([[1, 10_000n]]);
  await log.commit();
  expect(ada.acknowledged).toEqual([
    [1, 10_000n],
    [3, 16_000n],
  ]);
});

test("acknowledges at once what was known, if all it holds is durable, and else with the rest", async () => {
  const { room, log } = createRoom(5n);
  const [ada, grace] = [join(room), join(room)];
  ada.acknowledgeable = 1;
  room.acknowledgeWhenDurable(ada);
  expect(ada.acknowledged).toEqual([[1, 5n]]);

  take(room, grace, typist()());
  // Ada hands over the same update, which is known, but not yet durable.
  ada.acknowledgeable = 2;
  room.acknowledgeWhenDurable(ada);
  expect(ada.acknowledged).toHaveLength(1);
  await log.commit();
  expect(ada.acknowledged.slice(1)).toEqual([[2, 10_000n]]);
});

test("takes nothing while the log takes nothing", () => {
  const { room, log } = createRoom();
  const [ada, grace] = [join(room), join(room)];
  log.unavailableBecause = "the disk is full";
  const update = typist()();
  expect(() => room.take(ada, author, update, readUpdateFacts(update))).toThrow(LogUnavailableError);
  room.relay();
  expect(grace.frames).toEqual([]);
  expect(room.content.judge(readUpdateFacts(update))).toBe("new");
  expect(room.isIdle).toBe(false);
});

test("closes everybody and acknowledges nothing when a commit fails", async () => {
  const { room, log, failures } = createRoom();
  const [ada, grace] = [join(room), join(room)];
  take(room, ada, typist()());
  const failure = new Error("the disk is gone");
  await log.fail(failure);
  expect(failures).toEqual([failure]);
  for (const member of [ada, grace]) {
    expect(member.closed).toEqual([[1013, "the server cannot write to its disk"]]);
    expect(member.acknowledged).toEqual([]);
  }
  room.acknowledgeWhenDurable(ada);
  expect(ada.acknowledged).toEqual([]);
});

test("is idle when nobody is here and nothing is on its way to the disk", async () => {
  const { room, log } = createRoom();
  expect([room.isIdle, room.memberCount]).toEqual([true, 0]);
  const ada = join(room);
  expect([room.isIdle, room.memberCount]).toEqual([false, 1]);
  take(room, ada, typist()());
  room.leave(ada);
  expect([room.isIdle, room.memberCount]).toEqual([false, 0]);
  await log.commit();
  expect(room.isIdle).toBe(true);
});

test("tells who is here, and everybody in one frame what changed within a while", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    const { room } = createRoom();
    const [ada, grace] = [join(room), join(room)];
    const presence = (client: number, clock: number) => ({ client, clock, state: "{}" });
    expect(room.encodeAwareness()).toBeUndefined();
    vi.advanceTimersByTime(1000);
    room.receiveAwareness(ada, writeAwarenessUpdate([presence(1, 1)]));
    room.receiveAwareness(ada, writeAwarenessUpdate([presence(1, 2)]));
    room.receiveAwareness(grace, writeAwarenessUpdate([presence(2, 1)]));
    expect(grace.awareness).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(grace.awareness).toEqual([[presence(1, 2), presence(2, 1)]]);

    const newcomer = join(room);
    room.leave(ada);
    vi.advanceTimersByTime(31);
    expect(newcomer.awareness).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(newcomer.awareness).toEqual([[{ client: 1, clock: 2, state: "null" }]]);
    expect(ada.awareness).toHaveLength(1);
    const frame = room.encodeAwareness() ?? empty;
    expect(readFrames([frame])).toEqual([encodeAwareness(writeAwarenessUpdate([presence(2, 1)]))]);
  } finally {
    vi.useRealTimers();
  }
});

test("sends nobody anything for an echo", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    const { room } = createRoom();
    const [ada, grace] = [join(room), join(room)];
    const presence = writeAwarenessUpdate([{ client: 1, clock: 1, state: "{}" }]);
    room.receiveAwareness(ada, presence);
    vi.advanceTimersByTime(1000);
    room.receiveAwareness(grace, presence);
    vi.advanceTimersByTime(1000);
    expect(ada.awareness).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test("refuses a malformed awareness update", () => {
  const { room } = createRoom();
  expect(() => room.receiveAwareness(join(room), Uint8Array.of(9))).toThrow(ProtocolError);
});

test("announces events to those who are here", () => {
  const { room } = createRoom();
  const [ada, grace] = [join(room), join(room)];
  room.leave(grace);
  room.announce({ type: "title", title: "Notes" });
  expect([ada.events, grace.events]).toEqual([[{ type: "title", title: "Notes" }], []]);
});

test("never acknowledges a message before the commit that holds it, whatever the order of events", async () => {
  const act = fc.constantFrom("ada", "ada", "grace", "known", "sync", "synced");
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40, size: "max" }), async (acts) => {
      const { room, log } = createRoom();
      const people = {
        ada: { member: join(room), type: typist() },
        grace: { member: join(room), type: typist() },
      };
      /** The log's entries that must be durable before a member's n-th message may be acknowledged. */
      const needs = new Map([people.ada, people.grace].map(({ member }) => [member, [0]]));
      let gathered = 0;
      const syncs: number[] = [];
      let durable = 0;
      const count = (member: FakeMember) => needs.get(member)?.push(log.entries.length);
      for (const what of acts) {
        if (what === "ada" || what === "grace") {
          const { member, type } = people[what];
          take(room, member, type());
          count(member);
          gathered++;
        }
        if (what === "known") {
          const { member } = people.ada;
          member.acknowledgeable++;
          count(member);
          room.acknowledgeWhenDurable(member);
        }
        if (what === "sync" && gathered > 0) {
          log.sync();
          gathered = 0;
          syncs.push(log.entries.length);
        }
        if (what === "synced") {
          durable = syncs.shift() ?? durable;
          await log.synced();
        }
        for (const [member, entries] of needs) {
          const acknowledged = member.acknowledged.at(-1)?.[0] ?? 0;
          expect(entries[acknowledged]).toBeLessThanOrEqual(durable);
        }
      }
      await log.commit();
      for (const { member } of Object.values(people)) {
        expect(member.acknowledged.at(-1)?.[0] ?? 0).toBe(member.acknowledgeable);
        const counts = member.acknowledged.map(([messages]) => messages);
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 60 },
  );
});
