import { describe, expect, it } from "vitest";
import { RateLimit } from "./rate-limit";

describe("RateLimit", () => {
  it("lets through so many in each second", () => {
    const limit = new RateLimit(2);
    const allowed = [0, 1, 999, 1000, 1001, 1002, 5000].map((nowMs) => limit.allows(nowMs));
    expect(allowed).toEqual([true, true, false, true, true, false, true]);
  });
});
