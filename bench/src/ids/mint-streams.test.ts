import { expect, test } from "vitest";
import { mergeStreams } from "./merge-streams";
import { MintStream } from "./mint-stream";

const nodes = 8;
const countEach = 250_000;

test("eight generators with clocks that jump mint two million ids, none twice and none out of order", async () => {
  const streams = Array.from(
    { length: nodes },
    (_, node) => new MintStream({ node, count: countEach, beginMs: Date.UTC(2026, 0, 1), seed: 1000 + node }),
  );
  const merged = await mergeStreams(streams.map((stream) => () => stream.take(4096)));
  expect(merged).toMatchObject({ ids: nodes * countEach, notAscending: 0 });
  // The streams lie in the same time, or it would be no proof: each takes its turn in many milliseconds.
  expect(merged.changes).toBeGreaterThan(nodes * 50);
  for (const stream of streams) {
    const report = stream.report();
    expect(report).toMatchObject({ minted: countEach, notAscending: 0, foreign: 0 });
    expect(report.clockStepsBack).toBeGreaterThan(10);
    expect(report.faults.stepsBack).toBe(report.clockStepsBack);
    expect(report.faults.sequenceExhausted).toBeGreaterThan(10);
  }
});

test("finds an id that two streams have, and a stream that steps back", async () => {
  const once = (...ids: bigint[]) => {
    const portions = [BigUint64Array.from(ids), new BigUint64Array()];
    return () => portions.shift() ?? new BigUint64Array();
  };
  const large = 2n ** 62n;
  expect(await mergeStreams([once(1n, large, large + 2n), once(2n, large + 1n)])).toEqual({
    ids: 5,
    notAscending: 0,
    changes: 5,
  });
  expect(await mergeStreams([once(1n, large), once(2n, large)])).toMatchObject({ notAscending: 1 });
  expect(await mergeStreams([once(1n, 3n, 2n)])).toMatchObject({ notAscending: 1 });
  expect(await mergeStreams([once(), once()])).toMatchObject({ ids: 0, notAscending: 0 });
});

test("two generators of one node would be found", async () => {
  const plan = { node: 3, count: 20_000, beginMs: Date.UTC(2026, 0, 1), seed: 7 };
  const sources = [plan, plan].map((each) => {
    const stream = new MintStream(each);
    return () => stream.take(512);
  });
  expect(await mergeStreams(sources)).toMatchObject({ ids: 40_000, notAscending: 20_000 });
});
