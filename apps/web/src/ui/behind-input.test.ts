// @vitest-environment jsdom
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { behindInput } from "./behind-input";

let paint: (() => void) | undefined;

// One clock for all, since the module keeps the time of the last paint.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterAll(() => {
  vi.useRealTimers();
});

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => {
    paint = frame;
    return 1;
  });
  vi.stubGlobal("cancelAnimationFrame", () => {
    paint = undefined;
  });
  // Listens from its first call on.
  behindInput(() => {});
});

afterEach(() => {
  vi.advanceTimersByTime(1000);
  vi.unstubAllGlobals();
});

const press = () => window.dispatchEvent(new Event("keydown"));

function pressAndPaint(): void {
  press();
  paint?.();
  vi.advanceTimersByTime(1);
}

test("nothing waits while nobody presses anything", () => {
  const act = vi.fn();
  behindInput(act);
  expect(act).toHaveBeenCalledOnce();
});

test("what comes between a key and its paint waits for the paint, in order", () => {
  const done: string[] = [];
  press();
  behindInput(() => done.push("first"));
  behindInput(() => done.push("second"));
  paint?.();
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(["first", "second"]);
});

test("while somebody types, it waits for the paint of the next key", () => {
  const act = vi.fn();
  pressAndPaint();
  behindInput(act);
  vi.advanceTimersByTime(80);
  expect(act).not.toHaveBeenCalled();
  pressAndPaint();
  expect(act).toHaveBeenCalledOnce();
});

test("where no other key comes, it waits for a moment only", () => {
  const act = vi.fn();
  pressAndPaint();
  behindInput(act);
  vi.advanceTimersByTime(99);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledOnce();
});

test("after a pause in typing, nothing waits", () => {
  const act = vi.fn();
  pressAndPaint();
  vi.advanceTimersByTime(251);
  behindInput(act);
  expect(act).toHaveBeenCalledOnce();
});

test("in a page that is not painted, it waits for a moment only", () => {
  const act = vi.fn();
  press();
  behindInput(act);
  vi.advanceTimersByTime(99);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledOnce();
  behindInput(act);
  expect(act).toHaveBeenCalledTimes(2);
});
