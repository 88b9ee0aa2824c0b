import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FaultyFiles, systemError } from "../test/faulty-files";
import {
  appendEach,
  collect,
  fingerprint,
  logErrorOf,
  numbers,
  onceWritten,
  openLog,
  positionsOf,
  recordOf,
  temporaryDirectory,
} from "../test/support";
import { Log } from "./log";
import { LogReader } from "./log-reader";
import { salvageLog } from "./salvage";
import { verifyLog } from "./verify";

const recordBytes = 64 + 9;

/** A closed log of nine records in one plain segment, and its path. */
async function plainLog(): Promise<{ directory: string; path: string }> {
  const directory = await temporaryDirectory();
  const log = await Log.open({ directory });
  await appendEach(
    log,
    numbers(1, 9).map((each) => recordOf(each)),
  );
  await log.close();
  return { directory, path: join(directory, "00000000000000000001.seg") };
}

async function flip(path: string, ...offsets: number[]): Promise<void> {
  const bytes = await readFile(path);
  for (const at of offsets) bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  await writeFile(path, bytes);
}

test("rewrites a damaged last segment with all that is intact, and keeps the damaged file", async () => {
  const { directory, path } = await plainLog();
  await flip(path, 64 + 3 * recordBytes + 20, 64 + 6 * recordBytes + 70);
  const damaged = await readFile(path);
  expect((await logErrorOf(() => Log.open({ directory }))).code).toBe("CORRUPT");

  const before = await fingerprint(directory);
  const planned = await salvageLog(directory, { dryRun: true });
  expect(await fingerprint(directory)).toEqual(before);
  const report = await salvageLog(directory);
  expect(report).toMatchObject({
    segments: [
      {
        file: path,
        keptAs: `${path}.damaged-1`,
        recordsKept: 7,
        lost: [
          { offset: 64 + 3 * recordBytes, bytes: recordBytes },
          { offset: 64 + 6 * recordBytes, bytes: recordBytes },
        ],
      },
    ],
    gaps: [
      { after: 3, through: 4 },
      { after: 6, through: 7 },
    ],
  });
  expect(planned.gaps).toEqual(report.gaps);
  expect(planned.segments.map(({ lost }) => lost)).toEqual(report.segments.map(({ lost }) => lost));
  expect(await readFile(`${path}.damaged-1`)).toEqual(damaged);

  const log = await openLog({ directory });
  expect(await positionsOf(log.read())).toEqual([1, 2, 3, 5, 6, 8, 9]);
  expect(log.append(recordOf(10)).position).toBe(10);
  await log.sealed();
  await log.close();
  expect(await verifyLog(directory)).toMatchObject({ damages: [], gaps: report.gaps });
  const reader = await LogReader.open({ directory });
  expect(await positionsOf(reader.read(10))).toEqual([1, 2, 3, 5, 6, 8, 9, 10]);
  await reader.close();
});

test("gives up what a damaged segment lost at its end, and a segment that is missing", async () => {
  const { directory, paths } = await manySegments();
  const [first = "", second = "", third = ""] = paths;
  const size = (await readFile(first)).byteLength;
  await flip(first, size - 5);
  await rm(third);
  const report = await salvageLog(directory);
  const [end = 0, missing = 0] = [Number(second.slice(-24, -4)) - 1, Number(third.slice(-24, -4))];
  expect(report.gaps[0]).toEqual({ after: end - 1, through: end });
  expect(report.gaps[1]?.after).toBe(missing - 1);
  const given = numbers(missing, report.gaps[1]?.through ?? 0);
  const log = await openLog({ directory });
  const kept = numbers(1, 60).filter((position) => position !== end && !given.includes(position));
  expect(await positionsOf(log.read())).toEqual(kept);
  await log.sealed();
  expect(await positionsOf(log.read({ reverse: true }))).toEqual(kept.toReversed());
  const reader = await LogReader.open({ directory });
  expect(await positionsOf(reader.read(60))).toEqual(kept);
  await reader.close();
  expect((await verifyLog(directory)).damages).toEqual([]);
});

/** A closed log of 60 records in plain segments of about eighteen. */
/** A directory with a closed log of 60 records in plain segments. */
let sixtyRecords: () => Promise<string>;

beforeAll(async () => {
  sixtyRecords = await onceWritten(async (directory) => {
    const log = await Log.open({ directory, segmentBytesMax: 1400, sealing: false });
    await appendEach(
      log,
      numbers(1, 60).map((each) => recordOf(each)),
    );
    await log.close();
  });
});

async function manySegments(): Promise<{ directory: string; paths: string[] }> {
  const directory = await sixtyRecords();
  const names = (await readdir(directory)).filter((name) => name.endsWith(".seg")).sort();
  return { directory, paths: names.map((name) => join(directory, name)) };
}

test("finds the records of a segment whose header is damaged", async () => {
  const { directory, paths } = await manySegments();
  await flip(paths[1] ?? "", 20);
  const report = await salvageLog(directory);
  expect(report.gaps).toEqual([]);
  const log = await openLog({ directory });
  expect(await positionsOf(log.read())).toEqual(numbers(1, 60));
});

test("leaves a good log, and a torn tail, as they are", async () => {
  const { directory, paths } = await manySegments();
  const last = paths.at(-1) ?? "";
  await writeFile(last, (await readFile(last)).subarray(0, -3));
  const before = await fingerprint(directory);
  expect(await salvageLog(directory)).toEqual({ segments: [], gaps: [], rebuilt: [], untouched: [] });
  expect(await fingerprint(directory)).toEqual(before);
});

test("can be interrupted at any call, and done again", async () => {
  for (let alive = 0; ; alive += 1) {
    const { directory, paths } = await manySegments();
    const [first = ""] = paths;
    await flip(first, 64 + 20, 64 + 5 * 75);
    await flip(paths.at(-1) ?? "", 64 + 80);
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
    const log = await Log.open({ directory, sealing: false });
    const read = await collect(log.read());
    await log.close();
    expect(read.length, `dead after ${alive} calls`).toBe(57);
    expect((await verifyLog(directory)).damages).toEqual([]);
    if (finished) break;
  }
}, 30_000);

test("keeps its hands off a log that is in use", async () => {
  const { directory } = await plainLog();
  await openLog({ directory });
  expect((await logErrorOf(() => salvageLog(directory))).code).toBe("LOCKED");
});
