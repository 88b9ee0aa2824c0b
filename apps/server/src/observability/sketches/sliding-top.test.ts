import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrace, type SequentialTrace } from "../../../test/harness/traces";
import { SlidingTop, type SlidingTopOptions } from "./sliding-top";

const minuteMs = 60_000;
const options: SlidingTopOptions = { windowMs: 10 * minuteMs, parts: 10, slots: 8 };

interface Came {
  readonly key: string;
  readonly atMs: number;
}

/** How often each came in the parts of the window that ends at a moment. */
function exactCounts(
  entries: readonly Came[],
  nowMs: number,
  { windowMs, parts }: SlidingTopOptions,
): Map<string, number> {
  const partMs = windowMs / parts;
  const first = (Math.floor(nowMs / partMs) - parts) * partMs;
  const counts = new Map<string, number>();
  for (const { key, atMs } of entries) {
    if (atMs >= first && atMs <= nowMs) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

describe("SlidingTop", () => {
  it("forgets what lies outside the window, a part at a time", () => {
    const top = new SlidingTop(options);
    top.add("a", 3, 0);
    top.add("b", 1, 5 * minuteMs);
    const keysAt = (minute: number) => top.top(9, minute * minuteMs).map(({ key }) => key);
    expect([keysAt(5), keysAt(10.9), keysAt(11), keysAt(15), keysAt(16)]).toEqual([
      ["a", "b"],
      ["a", "b"],
      ["b"],
      ["b"],
      [],
    ]);
  });

  it("keeps within its bounds of the exact counts", () => {
    const entries = fc.array(
      fc.record({
        key: fc.oneof(fc.constantFrom("a", "b"), fc.integer({ max: 30, min: 0 }).map(String)),
        minute: fc.integer({ min: 0, max: 40 }),
      }),
      { maxLength: 600 },
    );
    fc.assert(
      fc.property(entries, (given) => {
        const came = given
          .map(({ key, minute }) => ({ key, atMs: minute * minuteMs }))
          .sort((a, b) => a.atMs - b.atMs);
        const top = new SlidingTop(options);
        for (const { key, atMs } of came) top.add(key, 1, atMs);
        const nowMs = came.at(-1)?.atMs ?? 0;
        const exact = exactCounts(came, nowMs, options);
        const bound = totalOf(exact) / options.slots;
        for (const { key, count, over, under } of top.top(1000, nowMs)) {
          expect(over).toBeLessThanOrEqual(bound);
          expect(under).toBeLessThanOrEqual(bound);
          expect(exact.get(key) ?? 0).toBeGreaterThanOrEqual(count - over);
          expect(exact.get(key) ?? 0).toBeLessThanOrEqual(count + under);
        }
        const found = new Set(top.top(1000, nowMs).map(({ key }) => key));
        for (const [key, count] of exact) if (count > bound) expect(found).toContain(key);
      }),
    );
  });

  it("keeps the busy ones in sight, however many others come once", () => {
    const top = new SlidingTop(options);
    for (let index = 0; index < 100_000; index++) {
      top.add(index % 4 === 0 ? "busy" : `once ${index}`, 1, (index / 100_000) * 10 * minuteMs);
    }
    expect(top.top(1, 10 * minuteMs)[0]?.key).toBe("busy");
    expect(top.kept().every(({ counted }) => counted.length <= options.slots)).toBe(true);
    expect(top.kept().length).toBeLessThanOrEqual(options.parts + 1);
  });

  it("goes on where another one ended", () => {
    const [one, whole] = [new SlidingTop(options), new SlidingTop(options)];
    for (const top of [one, whole])
      for (let minute = 0; minute < 9; minute++) top.add("a", 1, minute * minuteMs);
    const two = new SlidingTop(options, JSON.parse(JSON.stringify(one.kept())));
    for (const top of [two, whole]) top.add("b", 2, 12 * minuteMs);
    expect(two.top(9, 12 * minuteMs)).toEqual(whole.top(9, 12 * minuteMs));
    expect(whole.top(9, 12 * minuteMs).map(({ count }) => count)).toEqual([7, 2]);
  });

  it("survives a clock that goes back, and one that was far ahead", () => {
    const top = new SlidingTop(options);
    top.add("a", 1, 100 * minuteMs);
    top.add("a", 1, 98 * minuteMs);
    expect(top.top(1, 100 * minuteMs)[0]?.count).toBe(2);
    top.add("b", 1, 10_000 * minuteMs);
    top.add("c", 1, 101 * minuteMs);
    expect(top.top(9, 101 * minuteMs).map(({ key }) => key)).toEqual(["c"]);
  });

  it("finds the most edited parts of a paper as exact counts do, all along its history", () => {
    const { txns } = readTrace<SequentialTrace>("automerge-paper");
    // As if at an even speed: its own times are those of a conversion.
    const came = txns
      .flatMap(({ patches }) => patches)
      .map(([position], index) => ({ key: String(position >> 6), atMs: index * 250 }));
    const hour: SlidingTopOptions = { windowMs: 60 * minuteMs, parts: 12, slots: 128 };
    const top = new SlidingTop(hour);
    let looks = 0;
    for (const [index, { key, atMs }] of came.entries()) {
      top.add(key, 1, atMs);
      if (index % 10_000 !== 9999) continue;
      looks++;
      const exact = exactCounts(came.slice(0, index + 1), atMs, hour);
      const best = [...exact].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10);
      const bound = totalOf(exact) / hour.slots;
      for (const [rank, { key, count }] of top.top(10, atMs).entries()) {
        expect(Math.abs(count - (exact.get(key) ?? 0))).toBeLessThanOrEqual(bound);
        expect(Math.abs(count - (best[rank]?.[1] ?? 0))).toBeLessThanOrEqual(bound);
      }
    }
    expect(looks).toBeGreaterThan(20);
  });
});
