import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { FaultyFiles, systemError } from "../test/faulty-files";
import { assertSame } from "../test/simulation/model";
import {
  appendEach,
  collect,
  fingerprint,
  keyOf,
  numbers,
  openLog,
  recordOf,
  temporaryDirectory,
} from "../test/support";
import type { FileSystem } from "./files";
import { Log } from "./log";
import { LogReader } from "./log-reader";
import { nodeFiles } from "./node-files";
import type { LogRecord } from "./record";
import { salvageLog } from "./salvage";
import { readBlock, readIndex, readSealedSegment } from "./sealed-segment";
import { verifyLog } from "./verify";

const recordCount = 100;

/** Bytes that do not compress. */
function noise(seed: number, size: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length: size }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state & 0xff;
  });
}

const options = { segmentBytesMax: 30 * 9064 + 64 };

/** The files of a closed log: three sealed segments of some blocks each, and a plain one. */
let originals: { name: string; bytes: Buffer }[] = [];

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), "log-"));
  const log = await Log.open({ directory, ...options });
  await appendEach(log, inputs());
  await log.sealed();
  await log.close();
  const names = (await readdir(directory)).filter((name) => name !== "LOCK").sort();
  originals = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(directory, name)) })),
  );
  await rm(directory, { recursive: true });
});

function inputs() {
  return numbers(1, recordCount).map((number) => recordOf(number, { payload: noise(number, 9000) }));
}

const records: LogRecord[] = inputs().map((input, index) => ({ ...input, position: index + 1 }));

async function sealedLog(): Promise<{ directory: string; paths: string[] }> {
  const directory = await temporaryDirectory();
  for (const { name, bytes } of originals) await writeFile(join(directory, name), bytes);
  const paths = originals.map(({ name }) => join(directory, name));
  expect(paths.filter((path) => path.endsWith(".sealed"))).toHaveLength(3);
  return { directory, paths };
}

async function change(path: string, how: (bytes: Buffer) => Uint8Array): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(path, how(bytes));
}

const flip = (path: string, at: number) =>
  change(path, (bytes) => {
    const place = at < 0 ? bytes.byteLength + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 0x10;
    return bytes;
  });

interface PlacedBlock {
  offset: number;
  length: number;
  positions: number[];
}

async function blocksOf(path: string): Promise<PlacedBlock[]> {
  const segment = await readSealedSegment(nodeFiles, path, Number(path.slice(-27, -7)));
  const file = await nodeFiles.open(path, "read");
  const index = await readIndex(file, segment);
  const blocks: PlacedBlock[] = [];
  for (let number = 0; number < index.blockCount; number += 1) {
    const entry = index.block(number);
    const { positions } = await readBlock(file, segment, entry);
    blocks.push({ offset: entry.offset, length: entry.length, positions: [...positions] });
  }
  await file.close();
  return blocks;
}

/** What the log has, read in every way there is; they must agree. */
async function readAll(directory: string): Promise<LogRecord[]> {
  const log = await Log.open({ directory, ...options });
  const all = await collect(log.read());
  assertSame((await collect(log.read({ reverse: true }))).reverse(), all);
  for (const key of numbers(0, 2).map(keyOf)) {
    const own = all.filter((record) => Buffer.compare(record.key, key) === 0);
    assertSame(await collect(log.readKey(key)), own);
  }
  expect(log.durablePosition).toBe(recordCount);
  await log.close();
  const reader = await LogReader.open({ directory });
  assertSame(await collect(reader.read(recordCount)), all);
  await reader.close();
  return all;
}

test("keeps every block that can be read, gives up the others, and keeps the damaged file", async () => {
  const { directory, paths } = await sealedLog();
  const [first = "", second = ""] = paths;
  const blocks = await blocksOf(second);
  expect(blocks.length).toBeGreaterThan(3);
  const { offset = 0, length = 0 } = blocks[1] ?? {};
  await flip(second, offset + 100);
  const damaged = await readFile(second);
  const before = await fingerprint(directory);

  const planned = await salvageLog(directory, { dryRun: true });
  expect(await fingerprint(directory)).toEqual(before);
  const report = await salvageLog(directory);

  const left = await readAll(directory);
  const lost = records.filter(({ position }) => left.every((record) => record.position !== position));
  expect(lost.length).toBeGreaterThan(3);
  expect(lost.length).toBeLessThan(12);
  assertSame(
    left,
    records.filter((record) => !lost.includes(record)),
  );
  expect(report.segments).toMatchObject([
    { file: second, keptAs: `${second}.damaged-1`, lost: [{ offset, bytes: length }] },
  ]);
  const given = report.gaps.flatMap(({ after, through }) => numbers(after + 1, through));
  expect(given).toEqual(lost.map(({ position }) => position));
  expect(planned).toEqual({
    ...report,
    segments: report.segments.map(({ keptAs: _, ...segment }) => segment),
  });
  expect(damaged.equals(await readFile(`${second}.damaged-1`))).toBe(true);
  expect(originals[0]?.bytes.equals(await readFile(first))).toBe(true);
  expect(await verifyLog(directory)).toMatchObject({
    damages: [],
    gaps: report.gaps,
    salvaged: [second],
    chainStarts: [],
    lastPosition: recordCount,
  });
  // There is nothing more to do.
  const after = await fingerprint(directory);
  expect(await salvageLog(directory)).toEqual({ segments: [], gaps: [], rebuilt: [], untouched: [] });
  expect(await fingerprint(directory)).toEqual(after);
});

test.each([
  ["header", 30, true],
  ["index", -220, true],
  ["trailer", -60, false],
])("damage in the %s costs no record", async (_, at, chained) => {
  const { directory, paths } = await sealedLog();
  const [, second = "", third = ""] = paths;
  await flip(second, at);
  expect((await verifyLog(directory)).damages).not.toEqual([]);
  const report = await salvageLog(directory);
  expect(report).toMatchObject({ segments: [{ file: second }], gaps: [] });
  assertSame(await readAll(directory), records);
  // Without the old trailer nothing proves that the next segment goes on from this one.
  expect(await verifyLog(directory)).toMatchObject({ damages: [], chainStarts: chained ? [] : [third] });
});

test("the chain goes on over a salvaged segment, and still shows when one is replaced", async () => {
  const { directory, paths } = await sealedLog();
  const [first = "", second = "", third = ""] = paths;
  await flip(second, 200);
  await salvageLog(directory);
  // Sealed since: this one is chained to what salvage wrote.
  const log = await openLog({ directory, ...options });
  await appendEach(
    log,
    numbers(101, 140).map((number) => recordOf(number, { payload: noise(number, 9000) })),
  );
  await log.sealed();
  await log.close();
  expect((await verifyLog(directory)).damages).toEqual([]);
  for (const path of [first, third]) {
    const own = await readFile(path);
    const salt = own.readUInt32LE(12);
    const forged = await forge(path, salt);
    await writeFile(path, forged);
    const { damages } = await verifyLog(directory);
    expect(damages.length, path).toBeGreaterThan(0);
    for (const { what } of damages) expect(what).toMatch(/the chain of hashes does not go on/);
    await writeFile(path, own);
  }
  // Dropping keeps the end of the chain, too.
  const again = await openLog({ directory, ...options });
  expect(await again.dropBefore(65)).toBeGreaterThan(50);
  await again.close();
  expect((await verifyLog(directory)).damages).toEqual([]);
});

/** The segment as it would be with one payload changed: every checksum is right. */
async function forge(path: string, salt: number): Promise<Uint8Array> {
  const directory = await temporaryDirectory();
  const log = await Log.open({ directory, ...options, random32: () => salt });
  await appendEach(
    log,
    inputs().map((input, index) => (index % 30 === 7 ? { ...input, payload: noise(1000, 9000) } : input)),
  );
  await log.sealed();
  await log.close();
  return readFile(join(directory, path.slice(-27)));
}

test("a segment that is damaged again is salvaged again, and its chain stays", async () => {
  const { directory, paths } = await sealedLog();
  const [, second = ""] = paths;
  let kept = records.length;
  for (const round of [1, 2, 3]) {
    const [, block] = await blocksOf(second);
    await flip(second, (block?.offset ?? 0) + 50);
    await salvageLog(directory);
    const left = await readAll(directory);
    expect(left.length).toBeLessThan(kept);
    kept = left.length;
    const { damages, chainStarts } = await verifyLog(directory);
    expect({ damages, chainStarts }, `round ${round}`).toEqual({ damages: [], chainStarts: [] });
  }
  expect((await readdir(directory)).filter((name) => name.includes(".damaged-"))).toHaveLength(3);
});

test("records that are missing in a salvaged segment are damage unless GAPS gives them up", async () => {
  const { directory, paths } = await sealedLog();
  await flip(paths[1] ?? "", 200);
  const { gaps } = await salvageLog(directory);
  await rm(join(directory, "GAPS"));
  const { damages } = await verifyLog(directory);
  expect(damages.length).toBe(gaps.length);
  expect(damages[0]).toMatchObject({ file: paths[1], what: expect.stringContaining("nobody gave them up") });
  expect((await salvageLog(directory)).gaps).toEqual(gaps);
  expect((await verifyLog(directory)).damages).toEqual([]);
});

test("a GAPS file that is damaged is made anew from the segments and from what is left of it", async () => {
  const { directory, paths } = await sealedLog();
  await flip(paths[1] ?? "", 200);
  await rm(paths[0] ?? "");
  const { gaps } = await salvageLog(directory);
  expect(gaps[0]).toEqual({ after: 0, through: Number(paths[1]?.slice(-27, -7)) - 1 });
  const path = join(directory, "GAPS");
  const { size } = await stat(path);
  for (let at = 0; at < size; at += 17) {
    const whole = await readFile(path);
    await flip(path, at);
    const damaged = await readFile(path);
    await expect(Log.open({ directory })).rejects.toMatchObject({ code: "CORRUPT" });
    const planned = await salvageLog(directory, { dryRun: true });
    expect(await readFile(path)).toEqual(damaged);
    const report = await salvageLog(directory);
    expect(report.rebuilt).toEqual([{ file: path, keptAs: expect.stringContaining("GAPS.damaged-") }]);
    expect(planned.rebuilt).toEqual([{ file: path }]);
    expect(await readFile(report.rebuilt[0]?.keptAs ?? "")).toEqual(damaged);
    const verified = await verifyLog(directory);
    expect(verified.damages, `byte ${at}`).toEqual([]);
    const given = (all: typeof gaps) => new Set(all.flatMap((gap) => numbers(gap.after + 1, gap.through)));
    expect(given(verified.gaps)).toEqual(given(gaps));
    await writeFile(path, whole);
  }
});

test("a HORIZON file that is damaged is made anew: the log begins with its first segment", async () => {
  const { directory, paths } = await sealedLog();
  const log = await openLog({ directory, ...options });
  const horizon = await log.dropBefore(40);
  expect(horizon).toBeGreaterThan(10);
  await log.close();
  const path = join(directory, "HORIZON");
  const whole = await readFile(path);
  for (let at = 0; at < 64; at += 3) {
    await writeFile(path, whole);
    await flip(path, at);
    const report = await salvageLog(directory);
    expect(report).toMatchObject({ rebuilt: [{ file: path }], gaps: [], segments: [] });
    expect(await readFile(path), `byte ${at}`).toEqual(whole);
  }
  expect(await verifyLog(directory)).toMatchObject({ damages: [], horizonPosition: horizon });
  expect(paths.length).toBeGreaterThan(0);
});

test("what a disk cannot read is given up, and the file itself is kept", async () => {
  const { directory, paths } = await sealedLog();
  const [, second = ""] = paths;
  const [, block] = await blocksOf(second);
  const bad = (block?.offset ?? 0) + 700;
  const open: FileSystem["open"] = async (path, access) => {
    const file = await nodeFiles.open(path, access);
    if (path !== second) return file;
    const readAt = file.readAt.bind(file);
    return Object.assign(file, {
      readAt: async (target: Uint8Array, offset: number) => {
        if (offset <= bad && offset + target.byteLength > bad) throw systemError("EIO");
        return readAt(target, offset);
      },
    });
  };
  const whole = await readFile(second);
  const report = await salvageLog(directory, { files: { ...nodeFiles, open } });
  expect(report.segments).toMatchObject([{ file: second, lost: [block && { offset: block.offset }] }]);
  expect(whole.equals(await readFile(`${second}.damaged-1`))).toBe(true);
  expect((await readAll(directory)).length).toBeGreaterThan(80);
  expect((await verifyLog(directory)).damages).toEqual([]);
});

test("any damage costs the records of the blocks that it hits, and no other", async () => {
  const damage = fc.record({
    segment: fc.nat(2),
    from: fc.nat(1000),
    bytes: fc.integer({ min: 1, max: 90_000 }),
    cut: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      const { directory, paths } = await sealedLog();
      const blocks = await Promise.all(paths.slice(0, 3).map(blocksOf));
      for (const { segment, from, bytes, cut } of damages) {
        await change(paths[segment] ?? "", (whole) => {
          const at = Math.floor((from * whole.byteLength) / 1001);
          if (cut) return whole.subarray(0, at);
          return whole.fill(0x5a, at, Math.min(at + bytes, whole.byteLength));
        });
      }
      const intact = await intactPositions(paths, blocks);
      await salvageLog(directory);
      const left = await readAll(directory);
      expect(left.map(({ position }) => position)).toEqual(intact);
      assertSame(
        left,
        records.filter(({ position }) => intact.includes(position)),
      );
      expect((await verifyLog(directory)).damages).toEqual([]);
    }),
    { numRuns: 15 },
  );
}, 120_000);

/** Positions of the records whose blocks are as they were, and of the plain segment. */
async function intactPositions(paths: string[], blocks: PlacedBlock[][]): Promise<number[]> {
  const positions = numbers(Number(paths[3]?.slice(-24, -4)), recordCount);
  for (const [segment, own] of blocks.entries()) {
    const now = await readFile(paths[segment] ?? "");
    const before = originals[segment]?.bytes ?? now;
    for (const { offset, length, positions: inside } of own) {
      const [a, b] = [now, before].map((bytes) => bytes.subarray(offset, offset + length));
      if (a !== undefined && b !== undefined && a.equals(b)) positions.push(...inside);
    }
  }
  return positions.sort((a, b) => a - b);
}

test("can be interrupted at any call, and done again", async () => {
  for (let alive = 0; ; alive += 1) {
    const { directory, paths } = await sealedLog();
    await flip(paths[0] ?? "", 200);
    await flip(paths[2] ?? "", -60);
    await writeFile(join(directory, "GAPS"), "damaged");
    const files = new FaultyFiles();
    let left = alive;
    files.intercept = () => {
      left -= 1;
      if (left < 0) throw systemError("EIO");
    };
    const finished = await salvageLog(directory, { files }).then(
      () => true,
      () => false,
    );
    if (!finished) await salvageLog(directory);
    const read = await readAll(directory);
    expect(read.length, `dead after ${alive} calls`).toBeGreaterThan(80);
    expect((await verifyLog(directory)).damages, `dead after ${alive} calls`).toEqual([]);
    if (finished) break;
  }
}, 60_000);
