import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atRest } from "./at-rest";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what waits for a rest", () => {
  it("is done once, two seconds after the last key", () => {
    const reader = new EventTarget();
    const act = vi.fn();
    atRest(act, reader);
    for (let key = 0; key < 5; key++) {
      vi.advanceTimersByTime(1900);
      reader.dispatchEvent(new Event("keydown"));
    }
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2000);
    reader.dispatchEvent(new Event("keydown"));
    vi.advanceTimersByTime(100_000);
    expect(act).toHaveBeenCalledOnce();
  });

  it("is done after a minute beside somebody who never rests", () => {
    const reader = new EventTarget();
    const act = vi.fn();
    atRest(act, reader);
    for (let key = 0; key < 59; key++) {
      vi.advanceTimersByTime(1000);
      reader.dispatchEvent(new Event("wheel"));
    }
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(act).toHaveBeenCalledOnce();
  });
});
