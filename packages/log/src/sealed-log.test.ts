import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  appendEach,
  collect,
  keyOf,
  logErrorOf,
  numbers,
  openLog,
  positionsOf,
  recordOf,
  temporaryDirectory,
} from "../test/support";
import { Log } from "./log";
import { LogReader } from "./log-reader";
import type { LogRecord, RecordInput } from "./record";

const revision = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 40n }));
const record: fc.Arbitrary<RecordInput> = fc.record({
  revision,
  key: fc.nat(4).map(keyOf),
  stream: fc.nat(2),
  kind: fc.nat(255),
  author: fc.nat(2).map((number) => new Uint8Array(16).fill(number)),
  payload: fc.oneof(
    { weight: 9, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((size) => new Uint8Array(size).fill(7)) },
  ),
});
const range = fc.record({
  key: fc.option(fc.nat(5).map(keyOf), { nil: undefined }),
  stream: fc.option(fc.nat(2), { nil: undefined }),
  after: fc.nat(60),
  through: fc.nat(90),
  sinceRevision: fc.option(revision, { nil: undefined }),
  reverse: fc.boolean(),
});
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      records: fc.array(record, { minLength: 1, maxLength: 10 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("seal" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reopen" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("follow" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("drop" as const), below: fc.nat(60) }) },
  { weight: 6, arbitrary: range.map((wanted) => ({ kind: "read" as const, wanted })) },
);

type Wanted = typeof range extends fc.Arbitrary<infer T> ? T : never;

function expectedOf(model: LogRecord[], wanted: Wanted): LogRecord[] {
  const { key, stream, after, through, sinceRevision, reverse } = wanted;
  const found = model.filter(
    (each) =>
      each.position > after &&
      each.position <= through &&
      (key === undefined || Buffer.compare(each.key, key) === 0) &&
      (key === undefined || stream === undefined || each.stream === stream) &&
      (sinceRevision === undefined || each.revision >= sinceRevision),
  );
  return reverse ? found.reverse() : found;
}

function read(log: Log, { key, stream, sinceRevision, ...rest }: Wanted): AsyncIterable<LogRecord> {
  const options = { ...rest, ...(sinceRevision === undefined ? {} : { sinceRevision }) };
  if (key === undefined) return log.read(options);
  return log.readKey(key, { ...options, ...(stream === undefined ? {} : { stream }) });
}

test("any schedule of appends, seals, drops, reopenings and reads agrees with a plain list", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const directory = await temporaryDirectory();
      let model: LogRecord[] = [];
      const followed: LogRecord[] = [];
      const options = { directory, segmentBytesMax: 1500, indexCacheBytesMax: 600 };
      let log = await Log.open(options);
      const reader = await LogReader.open({ directory });
      const everything: LogRecord[] = [];
      for (const each of steps) {
        if (each.kind === "append") {
          const appended = each.records.map((input) => log.append(input));
          const added = each.records.map((input, index) => ({
            ...input,
            position: appended[index]?.position ?? 0,
          }));
          model.push(...added);
          everything.push(...added);
          await appended.at(-1)?.durable;
        } else if (each.kind === "seal") {
          await log.sealed();
          expect(log.statistics().sealing.waiting).toBe(0);
        } else if (each.kind === "reopen") {
          await log.close();
          log = await Log.open(options);
          expect(log.recovery).toMatchObject({ records: model.length, damaged: [], truncatedBytes: 0 });
        } else if (each.kind === "drop") {
          // Nobody may drop what a reader has still to see.
          followed.push(...(await collect(reader.read(log.durablePosition))));
          const horizon = await log.dropBefore(each.below);
          expect(horizon).toBeLessThan(Math.max(each.below, log.statistics().horizonPosition + 1));
          model = model.filter(({ position }) => position > horizon);
        } else if (each.kind === "follow") {
          followed.push(...(await collect(reader.read(log.durablePosition))));
          expect(followed).toEqual(everything);
        } else {
          expect(await collect(read(log, each.wanted))).toEqual(expectedOf(model, each.wanted));
        }
      }
      await log.sealed();
      expect(await collect(log.read())).toEqual(model);
      const again = await LogReader.open({ directory });
      expect(await collect(again.read(log.durablePosition))).toEqual(model);
      for (const key of numbers(0, 5).map(keyOf)) {
        const after = log.statistics().horizonPosition;
        const ofKey = await LogReader.open({ directory, key, after });
        const own = model.filter((each) => Buffer.compare(each.key, key) === 0);
        expect(await collect(ofKey.read(log.durablePosition))).toEqual(own);
        await ofKey.close();
      }
      await Promise.all([again.close(), reader.close(), log.close()]);
      await rm(directory, { recursive: true });
    }),
    { numRuns: 50 },
  );
}, 60_000);

/** A log of `count` records in sealed segments of about twenty, and a last one. */
async function sealedLog(count: number, options: Partial<Parameters<typeof Log.open>[0]> = {}) {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 2000, ...options });
  await appendEach(
    log,
    numbers(1, count).map((number) => recordOf(number)),
  );
  await log.sealed();
  return { directory, log };
}

test("readers that began before a segment was sealed go on without loss", async () => {
  const directory = await temporaryDirectory();
  const plain = await openLog({ directory, segmentBytesMax: 2000, sealing: false });
  await appendEach(
    plain,
    numbers(1, 200).map((number) => recordOf(number)),
  );
  await plain.close();

  const log = await openLog({ directory, segmentBytesMax: 2000 });
  const loops = [log.read(), log.read({ reverse: true })].map((each) => each[Symbol.asyncIterator]());
  const reader = await LogReader.open({ directory });
  loops.push(reader.read(200));
  const seen = await Promise.all(loops.map(async (loop) => [(await loop.next()).value?.position]));
  await log.sealed();
  expect(log.statistics().sealing).toMatchObject({ waiting: 0, segments: log.statistics().segments - 1 });
  for (const [index, loop] of loops.entries()) {
    for (let next = await loop.next(); !next.done; next = await loop.next()) {
      seen[index]?.push(next.value.position);
    }
  }
  expect(seen).toEqual([numbers(1, 200), numbers(1, 200).reverse(), numbers(1, 200)]);
  await reader.close();
});

test("opening reads the last segment, and of sealed ones no more than both ends", async () => {
  const { directory, log } = await sealedLog(300);
  const { segments } = log.statistics();
  await log.close();
  const again = await openLog({ directory });
  expect(segments).toBeGreaterThan(5);
  expect(again.recovery).toMatchObject({ segments, sealedSegments: segments - 1, scannedSegments: 1 });
  expect(again.recovery.records).toBe(300);
  expect(again.recovery.scannedBytes).toBeLessThan(2100);
  expect([again.newestRevision, again.nextPosition]).toEqual([300n, 301]);
});

test("an idle log's segment rolls by age, and is sealed", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentAgeMsMax: 30 });
  await appendEach(log, [recordOf(1), recordOf(2)]);
  await expect.poll(() => log.statistics().segments).toBe(2);
  await log.sealed();
  expect(log.statistics().sealing).toMatchObject({ segments: 1, waiting: 0 });
  await appendEach(log, [recordOf(3)]);
  expect(await positionsOf(log.read())).toEqual([1, 2, 3]);
});

test("a segment that is too old takes no more records, by the log's own clock", async () => {
  const directory = await temporaryDirectory();
  let nowMs = 1_700_000_000_000;
  const log = await openLog({ directory, segmentAgeMsMax: 60_000, sealing: false, clock: () => nowMs });
  await appendEach(log, [recordOf(1)]);
  nowMs += 59_999;
  await appendEach(log, [recordOf(2)]);
  expect(log.statistics().segments).toBe(1);
  nowMs += 1;
  await appendEach(log, [recordOf(3), recordOf(4)]);
  expect(log.statistics().segments).toBe(2);
});

test("what is dropped is gone for good, and not missing", async () => {
  const { directory, log } = await sealedLog(200);
  const horizon = await log.dropBefore(90);
  expect(horizon).toBeGreaterThan(50);
  expect(horizon).toBeLessThan(90);
  expect(await positionsOf(log.read())).toEqual(numbers(horizon + 1, 200));
  // Never what takes records, or waits to be sealed.
  const most = await log.dropBefore(1_000_000);
  expect(await positionsOf(log.read())).toEqual(numbers(most + 1, 200));
  expect(most).toBeLessThan(200);
  await log.close();
  const again = await openLog({ directory });
  expect(again.statistics().horizonPosition).toBe(most);
  expect(await positionsOf(again.read())).toEqual(numbers(most + 1, 200));
});

test("seals, drops and reads say so when the log is closed", async () => {
  const { log } = await sealedLog(30);
  await log.close();
  expect((await logErrorOf(() => log.sealed())).code).toBe("CLOSED");
  expect((await logErrorOf(() => log.dropBefore(3))).code).toBe("CLOSED");
  expect((await logErrorOf(() => log.readKeyBatches(keyOf(1)))).code).toBe("CLOSED");
});

test("damage in a block names the keys of exactly the records that it hides", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 1024 * 1024 });
  const payloadOf = (number: number) => randomBytes(10_000 + number * 100);
  await appendEach(
    log,
    Array.from({ length: 60 }, (_, number) =>
      recordOf(number, { key: keyOf(number % 7), payload: payloadOf(number) }),
    ),
  );
  // The next one finds no space any more.
  await log.append(recordOf(99, { payload: randomBytes(600_000) })).durable;
  await log.sealed();
  const [path = ""] = (await readdir(directory)).filter((name) => name.endsWith(".sealed"));
  const file = join(directory, path);
  const intact = await readFile(file);
  const hidden = new Set<string>();
  for (let offset = 200; offset < 640_000; offset += 40_000) {
    const bytes = Buffer.from(intact);
    bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
    await writeFile(file, bytes);
    const named: string[] = [];
    const reader = await LogReader.open({
      directory,
      onDamage: ({ keys }) => named.push(...(keys ?? []).map((key) => Buffer.from(key).toString("hex"))),
    });
    const positions = (await collect(reader.read(60))).map(({ position }) => position);
    await reader.close();
    const lost = Array.from({ length: 60 }, (_, number) => number).filter(
      (number) => !positions.includes(number + 1),
    );
    const keys = lost.map((number) => Buffer.from(keyOf(number % 7)).toString("hex"));
    expect(named.sort()).toEqual([...new Set(keys)].sort());
    hidden.add(named.join());
  }
  expect(hidden.size).toBeGreaterThan(5);
  await log.close();
});

test("tells where sealed segments end, and up to which revision records were dropped, also when opened again", async () => {
  const directory = await temporaryDirectory();
  const options = { directory, segmentBytesMax: 1500 };
  const log = await openLog(options);
  await appendEach(
    log,
    numbers(1, 60).map((number) => recordOf(number)),
  );
  await log.sealed();
  const extents = log.sealedSegments();
  expect(extents.length).toBeGreaterThan(2);
  let before = 0;
  for (const { lastPosition, revisionMax, records, bytes } of extents) {
    expect([revisionMax, records]).toEqual([BigInt(lastPosition), lastPosition - before]);
    expect(bytes).toBeGreaterThan(0);
    before = lastPosition;
  }
  expect(before).toBeLessThan(60);
  expect(log.horizonRevision).toBe(0n);
  const [first, ...others] = extents;
  await log.dropBefore((first?.lastPosition ?? 0) + 1);
  expect(log.sealedSegments()).toEqual(others);
  const horizon = log.horizonRevision;
  expect(horizon).toBeGreaterThanOrEqual(first?.revisionMax ?? 0n);
  expect(horizon).toBeLessThan(others[0]?.revisionMax ?? 0n);
  await log.close();
  const again = await openLog(options);
  expect([again.sealedSegments(), again.horizonRevision]).toEqual([others, horizon]);
});
