import { expect, test } from "vitest";
import { metricGroups, parseMetricGroups } from "./metric-groups";

test("takes names for many groups, and lists of some", () => {
  expect(parseMetricGroups("all")).toEqual(new Set(metricGroups));
  expect(parseMetricGroups("off")).toEqual(new Set());
  const basic = parseMetricGroups("basic");
  expect(basic).toContain("latency");
  expect(basic).not.toContain("users");
  expect(parseMetricGroups("log, traffic")).toEqual(new Set(["log", "traffic"]));
});

test.each(["", "everything", "log,", "log,log", "all,log", "toString", "traffic;log"])(
  "takes %j for a mistake",
  (text) => {
    expect(parseMetricGroups(text)).toBeUndefined();
  },
);
