import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PatternProbe, type ProbeAnswer, type ProbePort } from "./pattern-probe";
import type { PatternTask } from "./run-pattern";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakePort implements ProbePort {
  onmessage: ProbePort["onmessage"] = null;
  onerror: ProbePort["onerror"] = null;
  readonly patterns: string[] = [];
  terminated = false;
  postMessage({ pattern }: PatternTask): void {
    this.patterns.push(pattern);
  }
  terminate(): void {
    this.terminated = true;
  }
  answer(data: ProbeAnswer): void {
    this.onmessage?.({ data } as MessageEvent<ProbeAnswer>);
  }
}

function start() {
  const ports: FakePort[] = [];
  const probe = new PatternProbe(() => {
    const port = new FakePort();
    ports.push(port);
    return port;
  });
  const attempt = (pattern: string) => probe.try({ pattern, caseSensitive: false, text: "" });
  return { ports, probe, attempt };
}

test("lets pass what comes to an end, with one worker for all", async () => {
  const { ports, attempt } = start();
  for (const pattern of ["a+", "b+"]) {
    const result = attempt(pattern);
    ports[0]?.answer("begun");
    vi.advanceTimersByTime(1000);
    ports[0]?.answer("done");
    await expect(result).resolves.toBe("fine");
  }
  vi.advanceTimersByTime(10_000);
  expect(ports.map(({ patterns, terminated }) => ({ patterns, terminated }))).toEqual([
    { patterns: ["a+", "b+"], terminated: false },
  ]);
});

test("ends what comes to no end, and goes on with another worker", async () => {
  const { ports, attempt } = start();
  const result = attempt("(a+)+$");
  // However long it takes to load.
  vi.advanceTimersByTime(60_000);
  ports[0]?.answer("begun");
  vi.advanceTimersByTime(2000);
  await expect(result).resolves.toBe("tooSlow");
  expect(ports[0]?.terminated).toBe(true);
  const next = attempt("a+");
  ports[1]?.answer("begun");
  ports[1]?.answer("done");
  await expect(next).resolves.toBe("fine");
});

test("what is typed on takes the place of what is under way", async () => {
  const { ports, attempt } = start();
  const first = attempt("(a+)+");
  ports[0]?.answer("begun");
  const second = attempt("(a+)+$");
  await expect(first).resolves.toBe("outdated");
  ports[1]?.answer("begun");
  vi.advanceTimersByTime(2000);
  await expect(second).resolves.toBe("tooSlow");
});

test("tells a worker that cannot be loaded from a pattern that is too much for it", async () => {
  const { ports, attempt } = start();
  const unloaded = attempt("a+");
  ports[0]?.onerror?.({} as ErrorEvent);
  await expect(unloaded).resolves.toBe("fine");
  const overflown = attempt("(a|b)*c");
  ports[1]?.answer("begun");
  ports[1]?.onerror?.({} as ErrorEvent);
  await expect(overflown).resolves.toBe("tooSlow");
});
