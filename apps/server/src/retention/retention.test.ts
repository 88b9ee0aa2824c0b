import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as elapsed } from "node:timers/promises";
import { ulidToBytes } from "@scriptorium/ids";
import { pino } from "pino";
import { expect, test } from "vitest";
import { flipBit } from "../../test/harness/cli-files";
import { CatalogueKind, Stream } from "../storage/stream";
import { documentsIn, FollowingProjections } from "../testing/catalogue-of";
import { temporaryDirectory } from "../testing/temporary-directory";
import { WrittenLog } from "../testing/written-log";
import { foldHorizon } from "./horizon-fold";
import { Retention } from "./retention";

const dayMs = 24 * 60 * 60 * 1000;

/** A log that is written in the past, as a test sets the clock. */
async function start(options: { payloadBytesMax?: number } = {}) {
  const directory = await temporaryDirectory();
  const clock = { daysAgo: 100 };
  const today = Date.now();
  const now = () => today - clock.daysAgo * dayMs;
  const log = await WrittenLog.open(directory, { segmentBytesMax: 16 * 1024, now, ...options });
  const projections = await FollowingProjections.build(log.directory, 0);
  const retention = new Retention({
    log: log.log,
    projections,
    historyMs: 30 * dayMs,
    fold: (range) =>
      foldHorizon({ logDirectory: log.directory, databaseFile: join(directory, "horizon.db"), ...range }),
    logger: pino({ level: "silent" }),
    now: () => today,
  });
  const run = async () => {
    await projections.caughtUp(await log.end());
    await retention.run();
  };
  const shown = async () => documentsIn(log.directory, log.log.durablePosition);
  return { directory, clock, log, projections, retention, run, shown };
}

test("drops segments that are old from their first record to their last, and no others", async () => {
  const { clock, log, retention, run, shown } = await start();
  const id = log.create("Notes");
  for (const daysAgo of [100, 60, 31, 29, 1]) {
    clock.daysAgo = daysAgo;
    log.edit(id, (text) => text.insert(0, `${daysAgo} days ago `));
    await log.cut();
  }
  const before = await shown();
  const segments = (await readdir(log.directory)).length;
  await run();
  expect(await shown()).toEqual(before);
  expect(retention.totals).toMatchObject({ segments: 6, lastRunMs: expect.any(Number) });
  expect((await readdir(log.directory)).filter((name) => name.endsWith(".sealed"))).toHaveLength(4);
  expect(segments).toBeGreaterThan(7);
  // There is nothing left to do.
  const end = log.log.durablePosition;
  await run();
  expect([log.log.durablePosition, retention.totals.segments]).toEqual([end, 6]);
});

test("keeps what is too large for a record, and all behind it, and says so", async () => {
  const { clock, log, retention, run, shown } = await start({ payloadBytesMax: 40_000 });
  const small = log.create("small");
  log.edit(small, (text) => text.insert(0, "old"));
  await log.cut();
  const large = log.create("large");
  for (let part = 0; part < 3; part++) {
    log.edit(large, (text) => text.insert(0, "x".repeat(15_000)));
    await log.cut();
  }
  clock.daysAgo = 0;
  // Figures by the minute are kept for two days, as the log counts them.
  log.create("later");
  await log.end();
  const before = await shown();
  await run();
  expect(retention.totals.blockedBecause).toContain(`the text of ${large} has 45`);
  expect(retention.totals.segments).toBe(2);
  expect(await shown()).toEqual(before);
});

test("drops nothing that is damaged, nor anything behind it", async () => {
  const { clock, log, retention, run } = await start();
  const [first, second] = [log.create("first"), log.create("second")];
  log.edit(first, (text) => text.insert(0, "first"));
  await log.cut();
  log.edit(second, (text) => text.insert(0, "second"));
  const hidden = await log.end();
  await log.cut();
  await flipBit(await log.sealedSegmentOf(hidden), 100);
  clock.daysAgo = 0;
  await run();
  expect(retention.totals.blockedBecause).toContain("is damaged");
  expect(log.log.horizonPosition).toBeLessThan(hidden);
  expect((await stat(await log.sealedSegmentOf(hidden))).size).toBeGreaterThan(0);
});

test("remembers a text whose title lies behind the horizon", async () => {
  const { clock, log, run, shown } = await start();
  const id = log.begin();
  log.edit(id, (text) => text.insert(0, "text"));
  await log.cut();
  clock.daysAgo = 1;
  log.entitle(id, "Title");
  await log.end();
  const before = await shown();
  expect(before).toMatchObject([{ id, title: "Title", text: "text", edits: 1 }]);
  await run();
  expect(log.log.horizonPosition).toBeGreaterThan(0);
  expect(await shown()).toEqual(before);
});

test("does not drop what somebody is reading", async () => {
  const { log } = await start();
  const id = log.create("Notes");
  log.mark(id, CatalogueKind.deleted);
  await log.cut();
  log.mark(id, CatalogueKind.restored);
  await log.cut();
  const { lastPosition = 0 } = log.log.sealedSegments().at(-1) ?? {};
  const reading = log.log.readDocument(ulidToBytes(id), { stream: Stream.catalogue, after: 0 });
  const kinds = [(await reading.next()).value?.kind];
  const dropping = log.log.drop(lastPosition);
  // Ten times what dropping takes.
  await elapsed(200);
  expect(log.log.horizonPosition).toBe(0);
  for await (const { kind } of reading) kinds.push(kind);
  expect(kinds).toEqual([CatalogueKind.created, CatalogueKind.deleted, CatalogueKind.restored]);
  await dropping;
  expect(log.log.horizonPosition).toBe(lastPosition);
});

test("a server that stops does not wait until the projections have caught up", async () => {
  const { log } = await start();
  const never = () => new Promise<never>(() => {});
  const retention = new Retention({
    log: log.log,
    projections: { caughtUp: never, settledThrough: never },
    historyMs: 30 * dayMs,
    fold: async function* () {},
    logger: pino({ level: "silent" }),
  });
  retention.start();
  await retention.close();
});
