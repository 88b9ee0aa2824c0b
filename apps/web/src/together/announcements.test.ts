import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcements } from "./announcements";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("says what comes at once in one go, and nothing of an empty sentence", () => {
  const announcements = new Announcements();
  announcements.say("Ada left.");
  announcements.say("");
  announcements.say("Grace joined.");
  expect(announcements.text.get()).toBe("");
  vi.runAllTimers();
  expect(announcements.text.get()).toBe("Ada left. Grace joined.");
});

test("makes the same sentence a change, so that it is read again", () => {
  const announcements = new Announcements();
  const heard: string[] = [];
  announcements.text.subscribe(() => heard.push(announcements.text.get().trim()));
  for (let time = 0; time < 3; time++) {
    announcements.say("Ada edited line 1.");
    vi.runAllTimers();
  }
  expect(heard).toEqual(Array(3).fill("Ada edited line 1."));
});
