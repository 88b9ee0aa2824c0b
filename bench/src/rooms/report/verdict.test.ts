import { expect, test } from "vitest";
import { judge } from "./verdict";

const results = {
  ours: { rate: 300, p99: 2, limit: 2.5, lost: 0 },
  ywss: { rate: 100, p99: 4 },
  hocuspocus: { rate: 200, p99: 1 },
  ws: { rate: 250, p99: 1.9 },
};

test("compares with the peer that is better at the figure in question", () => {
  expect(judge({ figure: "rate", atLeastTimes: 2, of: "better peer" }, results)).toEqual({
    figure: "rate",
    bar: "≥ 2 × the better peer",
    reached: 1.5,
    isMet: false,
  });
  expect(judge({ figure: "p99", atMostTimes: 2, of: "better peer" }, results)).toMatchObject({
    reached: 2,
    isMet: true,
  });
});

test("compares with a server by name", () => {
  const verdict = judge({ figure: "p99", atMostTimes: 1.05, of: "ws" }, results);
  expect(verdict?.reached).toBeCloseTo(1.053);
  expect(verdict?.isMet).toBe(false);
});

test("compares with limits: given ones, and those that are measured", () => {
  expect(judge({ figure: "lost", atMost: 0 }, results)?.isMet).toBe(true);
  expect(judge({ figure: "p99", atMostFigure: "limit" }, results)).toMatchObject({
    bar: "≤ 2.50",
    isMet: true,
  });
});

test("says nothing of what was not measured", () => {
  expect(judge({ figure: "rate", atLeastTimes: 2, of: "ws" }, { ours: { rate: 1 } })).toBeUndefined();
  expect(judge({ figure: "rate", atLeastTimes: 2, of: "ws" }, { ws: { rate: 1 } })).toBeUndefined();
  expect(judge({ figure: "warm", atMost: 3 }, results)).toBeUndefined();
});
