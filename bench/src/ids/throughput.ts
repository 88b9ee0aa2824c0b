import { performance } from "node:perf_hooks";
import { SnowflakeGenerator, UlidGenerator } from "@scriptorium/ids";
import { nanoid } from "nanoid";
import { monotonicFactory, ulid } from "ulid";
import { median } from "../rooms/statistics";

export interface Throughput {
  readonly name: string;
  /** Median of the rounds. */
  readonly perSecond: number;
}

const rounds = 7;
const roundMs = 400;
const perLook = 1000;

/** Mints per second of each, in turns, so that a slow moment of the machine hits all. */
export function measureThroughput(): readonly Throughput[] {
  const snowflakes = new SnowflakeGenerator({ node: 1 });
  const ulids = new UlidGenerator();
  const monotonic = monotonicFactory();
  const minters: Readonly<Record<string, () => unknown>> = {
    "Snowflake, ours": () => snowflakes.next(),
    "Snowflake, ours, as text": () => snowflakes.next().toString(),
    "ULID, ours": () => ulids.next(),
    "ulid(), of ulid": () => ulid(),
    "monotonicFactory(), of ulid": () => monotonic(),
    "nanoid(), of nanoid": () => nanoid(),
    "crypto.randomUUID(), of Node": () => crypto.randomUUID(),
  };
  const samples = new Map(Object.keys(minters).map((name) => [name, [] as number[]]));
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, mint] of Object.entries(minters)) {
      const perSecond = run(mint);
      if (round > 0) samples.get(name)?.push(perSecond);
    }
  }
  return [...samples].map(([name, perSecond]) => ({ name, perSecond: median(perSecond) }));
}

function run(mint: () => unknown): number {
  const startedMs = performance.now();
  let minted = 0;
  let tookMs = 0;
  // Used, so that no compiler leaves the minting out.
  let last: unknown;
  do {
    for (let index = 0; index < perLook; index++) last = mint();
    minted += perLook;
    tookMs = performance.now() - startedMs;
  } while (tookMs < roundMs);
  if (last === undefined) throw new Error("nothing was minted");
  return (minted / tookMs) * 1000;
}
