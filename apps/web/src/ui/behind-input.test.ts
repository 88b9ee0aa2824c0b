// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { behindInput } from "./behind-input";

let paint: (() => void) | undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
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
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const press = () => window.dispatchEvent(new Event("keydown"));

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
  behindInput(() => done.push("third"));
  expect(done).toHaveLength(3);
});

test("in a page that is not painted, it waits for a moment only", () => {
  const act = vi.fn();
  press();
  behindInput(act);
  vi.advanceTimersByTime(99);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledOnce();
});
