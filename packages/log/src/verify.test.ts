import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  appendEach,
  collect,
  fingerprint,
  keyOf,
  logErrorOf,
  numbers,
  openLog,
  positionsOf,
  recordOf,
  temporaryDirectory,
} from "../test/support";
import { inspectLog } from "./inspect";
import { Log } from "./log";
import { LogReader } from "./log-reader";
import type { LogRecord } from "./record";
import { verifyLog } from "./verify";

/** A closed log of three sealed segments and a last one; the paths of its files in order. */
async function sealedLog({ payloadBytes = 0, records = 60 } = {}): Promise<{
  directory: string;
  paths: string[];
}> {
  const directory = await temporaryDirectory();
  const log = await Log.open({ directory, segmentBytesMax: 25 * records + payloadBytes * 16 });
  await appendEach(
    log,
    numbers(1, records).map((number) =>
      recordOf(number, payloadBytes === 0 ? {} : { payload: randomBytes(number, payloadBytes) }),
    ),
  );
  await log.sealed();
  await log.close();
  const names = (await readdir(directory)).filter((name) => name !== "LOCK").sort();
  expect(names.filter((name) => name.endsWith(".sealed")).length).toBeGreaterThanOrEqual(3);
  return { directory, paths: names.map((name) => join(directory, name)) };
}

/** Bytes that do not compress. */
function randomBytes(seed: number, size: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: size }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state & 0xff;
  });
}

async function flipBit(path: string, bit: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
  await writeFile(path, bytes);
}

test("finds nothing wrong with a good log, says what is in it, and changes nothing", async () => {
  const { directory, paths } = await sealedLog();
  const before = await fingerprint(directory);
  const progress: number[] = [];
  const report = await verifyLog(directory, {
    onProgress: ({ bytesDone, bytesTotal }) => progress.push(bytesDone / bytesTotal),
  });
  expect(report).toMatchObject({
    damages: [],
    segments: paths.length,
    sealedSegments: paths.length - 1,
    records: 60,
    lastPosition: 60,
    newestRevision: 60n,
    chainStarts: [],
    gaps: [],
  });
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBeGreaterThan(0.5);
  expect(await fingerprint(directory)).toEqual(before);
  const summary = await inspectLog(directory);
  expect(summary).toMatchObject({ records: 60, lastPosition: 60, newestRevision: 60n, horizonPosition: 0 });
  expect(summary.segments.map(({ kind, keys }) => [kind, keys])).toEqual([
    ...paths.slice(1).map(() => ["sealed", 3]),
    ["plain", 3],
  ]);
});

test("a flipped bit in any byte of a sealed segment is found, and what it hits is never read", async () => {
  const { directory, paths } = await sealedLog({ records: 42 });
  const [, path = ""] = paths;
  const whole = await readFile(path);
  const log = await Log.open({ directory, sealing: false });
  const records = await collect(log.read());
  await log.close();
  for (let byte = 0; byte < whole.byteLength; byte += 1) {
    await flipBit(path, byte * 8 + (byte % 8));
    const { damages } = await verifyLog(directory);
    expect(damages.length, `byte ${byte}`).toBeGreaterThan(0);
    expect(damages[0]?.file).toBe(path);
    expect(damages[0]?.offset).toBeLessThanOrEqual(byte);
    if (byte % 4 === 0) await expectOnlyTruth(directory, records);
    await writeFile(path, whole);
  }
}, 60_000);

/** The log opens; whatever is read is right, and what is left out was reported. */
async function expectOnlyTruth(directory: string, records: LogRecord[]): Promise<void> {
  const log = await Log.open({ directory, sealing: false });
  const reported: string[] = [];
  const read = await collect(log.read({ onDamage: ({ code }) => reported.push(code) }));
  const positions = new Set(read.map(({ position }) => position));
  expect(read).toEqual(records.filter(({ position }) => positions.has(position)));
  if (read.length < records.length) expect(reported).not.toEqual([]);
  for (const key of numbers(0, 2).map(keyOf)) {
    const own = records.filter((record) => Buffer.compare(record.key, key) === 0);
    try {
      expect(await collect(log.readKey(key))).toEqual(own);
    } catch (error) {
      expect(error).toMatchObject({ code: "CORRUPT" });
    }
  }
  await log.close();
}

test("damage in a block costs the keys that lie in it, and nothing else", async () => {
  const { directory, paths } = await sealedLog({ payloadBytes: 14_000 });
  const [path = ""] = paths;
  // Incompressible: byte 200 lies in the first block, which holds the lowest key only.
  await flipBit(path, 200 * 8);
  const log = await openLog({ directory });
  expect(log.recovery.damaged).toEqual([]);
  const error = await logErrorOf(() => collect(log.readKey(keyOf(0))));
  expect(error).toMatchObject({ code: "CORRUPT", segment: path, offset: 64 });
  expect(error.hint).toBeDefined();
  expect(log.statistics().damaged).toBe(1);
  for (const number of [1, 2]) {
    const expected = numbers(1, 60).filter((each) => each % 3 === number);
    expect(await positionsOf(log.readKey(keyOf(number)))).toEqual(expected);
  }
  const seen: string[] = [];
  const reader = await LogReader.open({ directory, onDamage: ({ code }) => seen.push(code) });
  const read = await positionsOf(reader.read(60));
  expect(read.length).toBeGreaterThan(50);
  expect(read).toEqual(expect.arrayContaining(numbers(1, 60).filter((each) => each % 3 !== 0)));
  expect(seen).toEqual(["CORRUPT"]);
  expect(reader.position).toBe(60);
  await reader.close();
  expect(log.append(recordOf(61)).position).toBe(61);
});

test.each([
  ["header", 0],
  ["trailer", -1],
])("a damaged %s costs that segment; the log opens, goes on, and tells", async (_, end) => {
  const { directory, paths } = await sealedLog();
  const [first = "", second = ""] = paths;
  const bytes = await readFile(second);
  await flipBit(second, end === 0 ? 30 * 8 : (bytes.byteLength - 30) * 8);
  const log = await openLog({ directory });
  expect(log.recovery.damaged).toMatchObject([{ code: "CORRUPT", segment: second }]);
  expect(log.statistics().damaged).toBe(1);
  expect((await logErrorOf(() => collect(log.read()))).segment).toBe(second);
  const rest = await positionsOf(log.read({ onDamage: () => {} }));
  const lost = numbers(1, 60).filter((position) => !rest.includes(position));
  expect(lost).toEqual(numbers(lost[0] ?? 0, lost.at(-1) ?? 0));
  expect(lost.length).toBeGreaterThan(10);
  // What lies before and behind is read as if nothing were.
  expect(await positionsOf(log.read({ after: lost.at(-1) ?? 0 }))).toEqual(
    numbers((lost.at(-1) ?? 0) + 1, 60),
  );
  const reader = await LogReader.open({ directory, onDamage: () => {} });
  expect(await positionsOf(reader.read(60))).toEqual(rest);
  await reader.close();
  expect(
    (await logErrorOf(async () => collect((await LogReader.open({ directory })).read(60)))).segment,
  ).toBe(second);
  // Later segments are sealed nevertheless; the chain of hashes begins anew with them.
  await appendEach(
    log,
    numbers(61, 100).map((number) => recordOf(number)),
  );
  await log.close();
  expect(first).not.toBe(second);
  expect((await inspectLog(directory)).segments[1]?.kind).toBe("damaged");
});

test("the highest revision is remembered, though its record was dropped or is damaged", async () => {
  const directory = await temporaryDirectory();
  const open = (): Promise<Log> => Log.open({ directory, segmentBytesMax: 1400 });
  let log = await open();
  await appendEach(log, [recordOf(1, { revision: 9000n })]);
  await appendEach(
    log,
    numbers(2, 50).map((number) => recordOf(number)),
  );
  await log.sealed();
  await log.close();
  const first = join(directory, "00000000000000000001.sealed");
  const whole = await readFile(first);
  await flipBit(first, 0);
  log = await open();
  expect(log.newestRevision).toBe(9000n);
  await log.close();
  await writeFile(first, whole);
  log = await open();
  expect(await log.dropBefore(30)).toBeGreaterThan(0);
  await log.close();
  log = await open();
  expect(log.newestRevision).toBe(9000n);
  await log.close();
});

test("a sealed segment put in another's place breaks the chain of hashes", async () => {
  const { directory, paths } = await sealedLog();
  // The same records with one payload changed, sealed by the same code: every checksum is right.
  const forged = await temporaryDirectory();
  const bytes = await readFile(paths[0] ?? "");
  const salt = bytes.readUInt32LE(12);
  const log = await Log.open({ directory: forged, segmentBytesMax: 1500, random32: () => salt });
  await appendEach(
    log,
    numbers(1, 60).map((number) =>
      recordOf(number, number === 5 ? { payload: new TextEncoder().encode("payload X") } : {}),
    ),
  );
  await log.sealed();
  await log.close();
  await writeFile(paths[0] ?? "", await readFile(join(forged, (paths[0] ?? "").slice(-27))));
  const { damages } = await verifyLog(directory);
  expect(damages).toMatchObject([{ file: paths[1], what: expect.stringContaining("chain") }]);
});

test("a missing segment and a horizon are told apart", async () => {
  const { directory, paths } = await sealedLog();
  const log = await Log.open({ directory });
  const horizon = await log.dropBefore(30);
  await log.close();
  expect(await verifyLog(directory)).toMatchObject({ damages: [], horizonPosition: horizon });
  await rm(paths[2] ?? "");
  expect((await verifyLog(directory)).damages).toMatchObject([{ file: paths[3], offset: 24 }]);
});

test("verifies a log that is being written, and calls an unfinished write a tail", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 3000 });
  const appending = (async () => {
    for (const number of numbers(1, 400)) await log.append(recordOf(number)).durable;
  })();
  for (let round = 0; round < 5; round += 1) {
    expect((await verifyLog(directory)).damages).toEqual([]);
    expect((await inspectLog(directory)).segments.map(({ kind }) => kind)).not.toContain("damaged");
  }
  await appending;
  await log.close();
  const last = (await readdir(directory)).filter((name) => name.endsWith(".seg")).at(-1) ?? "";
  const path = join(directory, last);
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, -3));
  const report = await verifyLog(directory);
  expect(report).toMatchObject({ damages: [], lastPosition: 399 });
  expect(report.tail).toMatchObject({ file: path, bytes: 64 + 11 - 3 });
});

test("stops when it is told to", async () => {
  const { directory } = await sealedLog();
  const controller = new AbortController();
  const verifying = verifyLog(directory, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await expect(verifying).rejects.toThrow("enough");
});
