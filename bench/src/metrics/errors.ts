import { hash } from "node:crypto";
import { HyperLogLog } from "../../../apps/server/src/observability/sketches/hyper-log-log";
import { SlidingTop } from "../../../apps/server/src/observability/sketches/sliding-top";
import { readTrace, type SequentialTrace } from "../../../apps/server/test/harness/traces";

export interface Errors {
  readonly distinct: number;
  readonly estimate: number;
  readonly standardError: number;
  readonly looks: number;
  /** Of the counts of the first ten, as a share of what was counted in all. */
  readonly worstTop: number;
  /** What the sketch promises. */
  readonly topBound: number;
  /** How many of the first ten were the exact first ten, on average. */
  readonly topTenFound: number;
}

const editEveryMs = 250;
const looks = 25;
const hour = { windowMs: 3_600_000, parts: 12, slots: 128 };
const partMs = hour.windowMs / hour.parts;

/** Parts of four characters: far more of them than there are slots. */
function keyOf(place: number): string {
  return String(place >> 2);
}

/** Compares estimates with exact counts of a real paper's editing. */
export function measureErrors(): Errors {
  const { txns } = readTrace<SequentialTrace>("automerge-paper");
  const places = txns.flatMap(({ patches }) => patches.map(([position]) => position));
  const sketch = new HyperLogLog();
  for (const place of places) {
    const digest = hash("sha256", String(place), "buffer");
    sketch.add(digest.readUInt32BE(0), digest.readUInt32BE(4));
  }
  const top = new SlidingTop(hour);
  const every = Math.floor(places.length / looks);
  let worstTop = 0;
  let found = 0;
  for (const [index, place] of places.entries()) {
    const nowMs = index * editEveryMs;
    top.add(keyOf(place), 1, nowMs);
    if ((index + 1) % every !== 0) continue;
    const firstMs = (Math.floor(nowMs / partMs) - hour.parts) * partMs;
    const counts = new Map<string, number>();
    const first = Math.max(0, Math.ceil(firstMs / editEveryMs));
    for (const at of places.slice(first, index + 1)) {
      counts.set(keyOf(at), (counts.get(keyOf(at)) ?? 0) + 1);
    }
    const total = index + 1 - first;
    const least = [...counts.values()].sort((a, b) => b - a)[9] ?? 0;
    for (const { key, count } of top.top(10, nowMs)) {
      const exact = counts.get(key) ?? 0;
      worstTop = Math.max(worstTop, Math.abs(count - exact) / total);
      if (exact >= least) found++;
    }
  }
  return {
    distinct: new Set(places).size,
    estimate: sketch.estimate(),
    standardError: sketch.relativeError,
    looks,
    worstTop,
    topBound: 1 / hour.slots,
    topTenFound: found / looks,
  };
}
