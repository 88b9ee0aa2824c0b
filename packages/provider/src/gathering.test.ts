import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gathering } from "./gathering";
import type { ServerMessage } from "./server-frame";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const message = (value: number): ServerMessage => ({ type: "update", update: Uint8Array.of(value) });

function gather(gatherMs: number) {
  const deliveries: number[][] = [];
  const gathering = new Gathering(gatherMs, (messages) =>
    deliveries.push(messages.map((one) => (one.type === "update" ? (one.update[0] ?? -1) : -1))),
  );
  return { deliveries, gathering };
}

test("what comes after a pause is delivered at once, what follows on it together", () => {
  const { deliveries, gathering } = gather(50);
  gathering.add([message(1)]);
  expect(deliveries).toEqual([[1]]);
  vi.advanceTimersByTime(10);
  gathering.add([message(2)]);
  gathering.add([message(3), message(4)]);
  vi.advanceTimersByTime(39);
  expect(deliveries).toEqual([[1]]);
  vi.advanceTimersByTime(1);
  expect(deliveries).toEqual([[1], [2, 3, 4]]);
  vi.advanceTimersByTime(50);
  gathering.add([message(5)]);
  expect(deliveries).toEqual([[1], [2, 3, 4], [5]]);
});

test("what is urgent takes along what waits, before it", () => {
  const { deliveries, gathering } = gather(50);
  gathering.add([message(1)]);
  gathering.add([message(2)]);
  gathering.deliver([message(3)]);
  expect(deliveries).toEqual([[1], [2, 3]]);
  vi.runAllTimers();
  expect(deliveries).toHaveLength(2);
});

test("with nothing to gather, everything is delivered as it comes", () => {
  const { deliveries, gathering } = gather(0);
  for (const value of [1, 2, 3]) gathering.add([message(value)]);
  expect(deliveries).toEqual([[1], [2], [3]]);
});

test("what comes late, since the timers of a page out of sight hardly run, is delivered as it comes", () => {
  const { deliveries, gathering } = gather(50);
  gathering.add([message(1)]);
  gathering.add([message(2)]);
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 60);
  gathering.add([message(3)]);
  vi.mocked(performance.now).mockRestore();
  expect(deliveries).toEqual([[1], [2, 3]]);
});

test("nothing is left behind", () => {
  const { deliveries, gathering } = gather(50);
  gathering.add([message(1)]);
  gathering.add([message(2)]);
  gathering.clear();
  vi.runAllTimers();
  expect(deliveries).toEqual([[1]]);
  expect(vi.getTimerCount()).toBe(0);
});

test("what is due waits for a moment that suits, but for no longer than what is urgent", () => {
  const deliveries: number[] = [];
  let suits = () => {};
  const gathering = new Gathering(
    50,
    (messages) => deliveries.push(messages.length),
    (deliver) => {
      suits = deliver;
    },
  );
  gathering.add([message(1)]);
  gathering.add([message(2)]);
  vi.advanceTimersByTime(100);
  expect(deliveries).toEqual([]);
  suits();
  expect(deliveries).toEqual([2]);

  vi.advanceTimersByTime(50);
  gathering.add([message(3)]);
  gathering.deliver([message(4)]);
  expect(deliveries).toEqual([2, 2]);
  gathering.add([message(5)]);
  suits();
  expect(deliveries).toEqual([2, 2]);
  vi.advanceTimersByTime(50);
  suits();
  expect(deliveries).toEqual([2, 2, 1]);
});
