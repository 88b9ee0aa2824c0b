import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { livelier, readActivity } from "../collaboration/activity";
import { ActivityTracker, awayAfterMs, typingPauseMs } from "./activity-tracker";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function track() {
  const told: string[] = [];
  return { told, tracker: new ActivityTracker((activity) => told.push(activity)) };
}

test("tells once that somebody types, however many keys it is, and once that they stopped", () => {
  const { told, tracker } = track();
  for (let key = 0; key < 200; key++) {
    tracker.edited();
    vi.advanceTimersByTime(150);
  }
  expect(told).toEqual(["typing"]);
  vi.advanceTimersByTime(typingPauseMs);
  expect(told).toEqual(["typing", "here"]);
});

test("is away after two minutes without a sign of life, and back with the next one", () => {
  const { told, tracker } = track();
  vi.advanceTimersByTime(awayAfterMs - 1);
  tracker.touched();
  vi.advanceTimersByTime(awayAfterMs - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(["away"]);
  tracker.touched();
  tracker.touched();
  expect(told).toEqual(["away", "here"]);
});

test("is away while the page is hidden, and here when it shows again", () => {
  const { told, tracker } = track();
  tracker.edited();
  tracker.hide(true);
  vi.advanceTimersByTime(10 * awayAfterMs);
  tracker.hide(false);
  expect(told).toEqual(["typing", "away", "here"]);
});

test("leaves no timer behind", () => {
  const { tracker } = track();
  tracker.edited();
  tracker.destroy();
  expect(vi.getTimerCount()).toBe(0);
});

test("takes clients that say nothing, or nonsense, for being here", () => {
  expect([undefined, null, 7, "asleep", { away: true }].map(readActivity)).toEqual(Array(5).fill("here"));
  expect(readActivity("away")).toBe("away");
});

test("is of two tabs what the livelier one says", () => {
  expect(livelier("away", "typing")).toBe("typing");
  expect(livelier("here", "away")).toBe("here");
});
