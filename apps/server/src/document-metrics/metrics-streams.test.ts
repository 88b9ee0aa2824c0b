import { type DocumentId, UlidGenerator } from "@scriptorium/ids";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MetricsDocument } from "./document-metrics";
import { type MetricsListener, MetricsStreams } from "./metrics-streams";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Listener implements MetricsListener {
  readonly told: number[] = [];
  beats = 0;
  ended: string | undefined;

  send(metrics: string): void {
    this.told.push(JSON.parse(metrics).edits);
  }

  keepAlive(): void {
    this.beats += 1;
  }

  end(because: string): void {
    this.ended = because;
  }
}

function start({ perDocumentMax = 2, totalMax = 3 } = {}) {
  const ids = new UlidGenerator<DocumentId>();
  const state = { edits: 0, version: 0, peeks: 0, fails: false };
  const streams = new MetricsStreams({
    peek: () => {
      state.peeks += 1;
      if (state.fails) throw new Error("unreadable");
      return { at: new Date().toISOString(), edits: state.edits } as unknown as MetricsDocument;
    },
    version: () => state.version,
    perDocumentMax,
    totalMax,
  });
  const edit = () => {
    state.edits += 1;
    state.version += 1;
  };
  return { streams, state, edit, id: ids.next(), other: ids.next() };
}

test("tells the figures at once, and then what differs, once a second", () => {
  const { streams, edit, id } = start();
  const listener = new Listener();
  streams.listen(id, listener);
  expect(listener.told).toEqual([0]);
  vi.advanceTimersByTime(5000);
  expect(listener.told, "another time of day is no news").toEqual([0]);
  for (let count = 0; count < 30; count++) {
    edit();
    vi.advanceTimersByTime(100);
  }
  expect(listener.told).toEqual([0, 10, 20, 30]);
});

test("looks rarely where nothing happens, and not at all where nobody listens", () => {
  const { streams, state, edit, id } = start();
  const listener = new Listener();
  const stop = streams.listen(id, listener);
  vi.advanceTimersByTime(90_000);
  const { peeks } = state;
  vi.advanceTimersByTime(300_000);
  expect(state.peeks - peeks).toBe(10);
  edit();
  vi.advanceTimersByTime(1000);
  expect(listener.told).toEqual([0, 1]);
  expect(listener.beats).toBe(26);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

test("takes so many listeners for a document and in all, and others when some have gone", () => {
  const { streams, id, other } = start();
  const stop = streams.listen(id, new Listener());
  streams.listen(id, new Listener());
  expect([streams.hasRoom(id), streams.hasRoom(other)]).toEqual([false, true]);
  streams.listen(other, new Listener());
  expect(streams.hasRoom(other)).toBe(false);
  stop();
  stop();
  expect([streams.hasRoom(id), streams.hasRoom(other)]).toEqual([true, true]);
});

test("ends those of a document that was deleted, and all when the server stops", () => {
  const { streams, id, other } = start();
  const [first, second] = [new Listener(), new Listener()];
  const stop = streams.listen(id, first);
  streams.listen(other, second);
  streams.end(id);
  stop();
  expect([first.ended, second.ended, streams.hasRoom(id)]).toEqual(["deleted", undefined, true]);
  streams.close();
  expect([second.ended, streams.hasRoom(id), vi.getTimerCount()]).toEqual(["stopping", false, 0]);
});

test("figures that cannot be read end the streams, and nothing else", () => {
  const { streams, state, id } = start();
  const listener = new Listener();
  streams.listen(id, listener);
  state.fails = true;
  vi.advanceTimersByTime(1000);
  expect(listener.ended).toBe("failed");
  expect(vi.getTimerCount()).toBe(0);
});
