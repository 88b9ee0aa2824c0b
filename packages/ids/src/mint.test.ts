import { expect, test } from "vitest";
import { scriptedClock } from "../test/scripted";
import { explain } from "./explain";
import { type MintableScheme, mint, mintableSchemes, SampleMint } from "./mint";

const noon = Date.UTC(2026, 5, 1, 12);

function schemeOf(text: string): string[] {
  return explain(text).map((reading) =>
    reading.scheme === "uuid" ? `uuid-v${reading.version}` : reading.scheme,
  );
}

test.each(mintableSchemes)("mints what reads as %s", (scheme) => {
  for (let count = 0; count < 100; count += 1) {
    expect(schemeOf(mint(scheme))).toEqual([scheme]);
  }
});

test.each(mintableSchemes)("mints no %s twice", (scheme) => {
  const minted = Array.from({ length: 10_000 }, () => mint(scheme));
  expect(new Set(minted).size).toBe(10_000);
});

test.each<MintableScheme>(["ulid", "uuid-v6"])(
  "mints each %s above the one before while the clock is set back",
  (scheme) => {
    const samples = new SampleMint({ now: scriptedClock([noon, noon - 5000, noon, noon - 1]) });
    const minted = Array.from({ length: 10 }, () => samples.mint(scheme));
    expect(minted).toEqual(minted.toSorted());
  },
);

test.each<MintableScheme>(["ulid", "snowflake", "uuid-v1", "uuid-v6", "uuid-v7"])(
  "mints a %s that says when it was minted",
  (scheme) => {
    const samples = new SampleMint({ now: () => noon, node: 5 });
    expect(explain(samples.mint(scheme))).toMatchObject([
      { time: { ms: noon, iso: "2026-06-01T12:00:00.000Z" } },
    ]);
  },
);

test("mints Snowflakes of the node it was given", () => {
  expect(explain(new SampleMint({ node: 517 }).mint("snowflake"))).toMatchObject([
    { node: 517, datacentre: 16, worker: 5 },
  ]);
});
