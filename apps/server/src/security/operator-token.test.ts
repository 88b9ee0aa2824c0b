import { describe, expect, it } from "vitest";
import { OperatorToken } from "./operator-token";

describe("OperatorToken", () => {
  const token = new OperatorToken("correct-horse-battery");

  it("admits whoever brings it, however the scheme is written", () => {
    for (const header of ["Bearer correct-horse-battery", "bearer  correct-horse-battery "]) {
      expect(token.admits(header)).toBe(true);
    }
  });

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    "correct-horse-battery",
    "Basic correct-horse-battery",
    "Bearer correct-horse-batter",
    "Bearer correct-horse-battery2",
    "Bearer correct-horse-battery correct-horse-battery",
  ])("admits nobody who brings %j", (header) => {
    expect(token.admits(header)).toBe(false);
  });

  it("admits everybody where there is none", () => {
    expect(new OperatorToken(undefined).admits(undefined)).toBe(true);
  });
});
