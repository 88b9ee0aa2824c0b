import { readdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FaultyFiles, systemError } from "../test/faulty-files";
import {
  appendEach,
  fingerprint,
  logErrorOf,
  numbers,
  openLog,
  positionsOf,
  recordOf,
  reseal,
  temporaryDirectory,
} from "../test/support";
import { Log } from "./log";
import { allocateRecordBytes, encodeRecord } from "./record";
import { decodeSegmentHeader, encodeSegmentHeader, segmentName } from "./segment-header";

const firstName = segmentName(1);
/** Header, header of a record, and "payload 1" to "payload 9". */
const recordBytes = 64 + 9;
const salt = 0xabcd_0123;

/** A closed log of `count` (at most 9) records of 73 bytes, `perCommit` in each commit. */
async function writeLog(count: number, { perCommit = 1, segmentBytesMax = 2 ** 20 } = {}) {
  const directory = await temporaryDirectory();
  const log = await Log.open({ directory, segmentBytesMax, random32: () => salt });
  for (let number = 1; number <= count; number += perCommit) {
    const batch = numbers(number, Math.min(number + perCommit - 1, count)).map((each) =>
      log.append(recordOf(each)),
    );
    await Promise.all(batch.map(({ durable }) => durable));
  }
  await log.close();
  return { directory, path: join(directory, firstName) };
}

/** Changes a file's bytes; what `change` returns, if anything, takes their place. */
async function edit(path: string, change: (bytes: Buffer) => Uint8Array | undefined): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(path, change(bytes) ?? bytes);
}

function flip(at: number): (bytes: Buffer) => undefined {
  return (bytes) => {
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    return undefined;
  };
}

/** The log refuses to open, and nothing in the directory changes. */
async function refusalOf(directory: string) {
  const before = await fingerprint(directory);
  const error = await logErrorOf(() => Log.open({ directory }));
  expect(await fingerprint(directory)).toEqual(before);
  expect(error.hint).toBeDefined();
  return error;
}

/** The log opens with `records` records, goes on from there, and opens again without complaint. */
async function expectSurvivors(directory: string, records: number): Promise<Log["recovery"]> {
  const log = await Log.open({ directory });
  expect(await positionsOf(log.read())).toEqual(numbers(1, records));
  expect(log.recovery.records).toBe(records);
  expect(log.append(recordOf(1)).position).toBe(records + 1);
  await log.close();
  const again = await Log.open({ directory });
  expect(again.recovery).toMatchObject({ records: records + 1, truncatedBytes: 0 });
  await again.close();
  return log.recovery;
}

test("cuts a last record torn at any byte, keeps what was cut, and goes on", async () => {
  for (const kept of numbers(1, recordBytes - 1)) {
    const { directory, path } = await writeLog(3);
    await truncate(path, 64 + 2 * recordBytes + kept);
    const whole = await readFile(path);
    const { truncatedBytes, truncation } = await expectSurvivors(directory, 2);
    expect(truncatedBytes).toBe(kept);
    const offset = 64 + 2 * recordBytes;
    expect(truncation).toMatchObject({ segment: path, offset, bytes: kept, reason: "incomplete record" });
    expect(truncation?.keptAs).toBe(`${path}.torn-${offset}`);
    expect(await readFile(truncation?.keptAs ?? "")).toEqual(whole.subarray(offset));
  }
}, 30_000);

test("cuts a last record with any byte wrong", async () => {
  for (const at of numbers(0, recordBytes - 1)) {
    const { directory, path } = await writeLog(3);
    await edit(path, flip(64 + 2 * recordBytes + at));
    expect((await expectSurvivors(directory, 2)).truncatedBytes).toBe(recordBytes);
  }
}, 30_000);

test.each([
  ["garbage", new Uint8Array(5000).fill(0xa7)],
  ["less than a header", new Uint8Array(10).fill(1)],
])("cuts %s behind the last record", async (_, garbage) => {
  const { directory, path } = await writeLog(3);
  await edit(path, (bytes) => Buffer.concat([bytes, garbage]));
  expect((await expectSurvivors(directory, 3)).truncatedBytes).toBe(garbage.byteLength);
});

test("cuts a tail of zeros, of which no copy is worth keeping", async () => {
  const { directory, path } = await writeLog(3);
  await truncate(path, 100_000);
  const { truncation } = await expectSurvivors(directory, 3);
  expect(truncation).toMatchObject({ bytes: 100_000 - 64 - 3 * recordBytes });
  expect(truncation).not.toHaveProperty("keptAs");
});

test("makes the cut durable before anything is appended", async () => {
  const { directory, path } = await writeLog(2);
  await truncate(path, 64 + recordBytes + 9);
  const files = new FaultyFiles();
  await openLog({ directory, files });
  const torn = `${firstName}.torn-${64 + recordBytes}`;
  expect(files.calls.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    ...["create", "write", "sync"].map((kind) => `${kind} ${torn}`),
    `truncate ${firstName}`,
    `sync ${firstName}`,
    expect.stringMatching(/^syncDirectory/),
    `sync ${firstName}`,
    expect.stringMatching(/^syncDirectory/),
  ]);
});

test("syncs what an earlier process may have left with the system, before it counts as durable", async () => {
  const { directory } = await writeLog(2);
  const files = new FaultyFiles();
  files.intercept = ({ kind }) => {
    if (kind === "sync") throw systemError("EIO");
  };
  expect((await logErrorOf(() => Log.open({ directory, files }))).code).toBe("FAILED");
});

test("opens on a full disk, without a copy of what it cut", async () => {
  const { directory, path } = await writeLog(2);
  await truncate(path, 64 + recordBytes + 9);
  const files = new FaultyFiles();
  files.spaceBytes = 4;
  const log = await openLog({ directory, files });
  expect(log.recovery.truncation).toMatchObject({ bytes: 9 });
  expect(log.recovery.truncation?.keptAs).toBeUndefined();
  expect((await readdir(directory)).sort()).toEqual([firstName, "LOCK"]);
});

test("keeps the newest torn files only", async () => {
  const { directory, path } = await writeLog(1);
  for (const round of numbers(1, 20)) {
    await edit(path, (bytes) => Buffer.concat([bytes, Buffer.of(round)]));
    const log = await Log.open({ directory });
    if (round === 10) await log.append(recordOf(2)).durable;
    await log.close();
  }
  const kept = (await readdir(directory)).filter((name) => name.includes(".torn-"));
  expect(kept).toHaveLength(16);
  const contents = await Promise.all(kept.map((name) => readFile(join(directory, name))));
  expect(contents.map(([round = 0]) => round).sort((a, b) => a - b)).toEqual(numbers(5, 20));
});

test("refuses a damaged record before the last one, at its offset, and changes nothing", async () => {
  for (const at of [0, 1, 3, 4, 8, 11, 16, 40, 64, 72]) {
    const { directory, path } = await writeLog(9);
    const offset = 64 + 4 * recordBytes;
    await edit(path, flip(offset + at));
    expect(await refusalOf(directory), `byte ${at}`).toMatchObject({
      code: "CORRUPT",
      segment: path,
      offset,
    });
  }
});

test("refuses a flipped bit inside a commit that is whole", async () => {
  const { directory, path } = await writeLog(9, { perCommit: 9 });
  const offset = 64 + 4 * recordBytes;
  await edit(path, flip(offset + 50));
  expect(await refusalOf(directory)).toMatchObject({ code: "CORRUPT", offset });
});

test("refuses records that were removed from the middle", async () => {
  const { directory, path } = await writeLog(6);
  const offset = 64 + 2 * recordBytes;
  await edit(path, (bytes) =>
    Buffer.concat([bytes.subarray(0, offset), bytes.subarray(offset + recordBytes)]),
  );
  expect(await refusalOf(directory)).toMatchObject({ code: "CORRUPT", offset });
});

test("refuses when garbage came between two records", async () => {
  const { directory, path } = await writeLog(3);
  const offset = 64 + 2 * recordBytes;
  const garbage = Buffer.alloc(100, 0xee);
  await edit(path, (bytes) => Buffer.concat([bytes.subarray(0, offset), garbage, bytes.subarray(offset)]));
  expect(await refusalOf(directory)).toMatchObject({ code: "CORRUPT", offset });
});

test("cuts a commit of which the disk wrote later pages, but not earlier ones", async () => {
  const directory = await temporaryDirectory();
  const log = await Log.open({ directory });
  const payload = new Uint8Array(1000).fill(3);
  await appendEach(log, [recordOf(1), recordOf(2)]);
  const batch = numbers(3, 30).map((number) => log.append(recordOf(number, { payload })));
  await batch[0]?.durable;
  await log.close();
  const path = join(directory, firstName);
  await edit(path, (bytes) => void bytes.fill(0, 8192, 12_288));
  // Records 3 and on are 1,064 bytes each: the first that reaches byte 8192 is number 10.
  const lost = 64 + 2 * recordBytes + Math.floor((8192 - 64 - 2 * recordBytes) / 1064) * 1064;
  const { truncation } = await expectSurvivors(
    directory,
    2 + Math.floor((8192 - 64 - 2 * recordBytes) / 1064),
  );
  expect(truncation).toMatchObject({ offset: lost, reason: "incomplete commit" });
});

test("survives a power cut that left out any pages, or sectors, of the last commit", async () => {
  const record = fc.nat(3000).map((size) => recordOf(size, { payload: new Uint8Array(size).fill(7) }));
  const schedule = fc.record({
    commits: fc.array(fc.array(record, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
    unit: fc.constantFrom(512, 4096),
    lost: fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }),
    grown: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(schedule, async ({ commits, unit, lost, grown }) => {
      const directory = await temporaryDirectory();
      const log = await Log.open({ directory });
      let durableEnd = 64;
      for (const commit of commits) {
        durableEnd = log.statistics().bytes;
        await Promise.all(commit.map((each) => log.append(each).durable));
      }
      const acknowledged = commits.slice(0, -1).flat().length;
      await log.close();
      await edit(join(directory, firstName), (bytes) => {
        let end = durableEnd;
        for (let start = durableEnd - (durableEnd % unit); start < bytes.length; start += unit) {
          if (lost[(start / unit) % lost.length])
            bytes.fill(0, Math.max(start, durableEnd), Math.min(start + unit, bytes.length));
          else end = Math.min(start + unit, bytes.length);
        }
        return grown ? bytes : bytes.subarray(0, end);
      });
      const recovered = await Log.open({ directory });
      const positions = await positionsOf(recovered.read());
      await recovered.close();
      expect(positions).toEqual(numbers(1, positions.length));
      expect(positions.length).toBeGreaterThanOrEqual(acknowledged);
    }),
    { numRuns: 60 },
  );
}, 30_000);

test("without a sync between them, several batches count as one unfinished commit", async () => {
  const write = async (durability: "os" | "fsync") => {
    const directory = await temporaryDirectory();
    const log = await Log.open({ directory, durability });
    const payload = new Uint8Array(1000).fill(3);
    await appendEach(
      log,
      numbers(1, 20).map((number) => recordOf(number, { payload })),
    );
    await log.close();
    await edit(join(directory, firstName), (bytes) => void bytes.fill(0, 8192, 12_288));
    return directory;
  };
  await expectSurvivors(await write("os"), 7);
  expect(await refusalOf(await write("fsync"))).toMatchObject({ code: "CORRUPT", offset: 64 + 7 * 1064 });
});

/** Three segments; the names of their files, in order. */
async function writeSegments() {
  const directory = await temporaryDirectory();
  const log = await Log.open({ directory, segmentBytesMax: 1024, sealing: false });
  await appendEach(
    log,
    numbers(1, 30).map((number) => recordOf(number)),
  );
  await log.close();
  const paths = (await readdir(directory)).filter((name) => name.endsWith(".seg")).sort();
  expect(paths.length).toBeGreaterThanOrEqual(3);
  return { directory, paths: paths.map((name) => join(directory, name)) };
}

test("refuses a torn or damaged record in any segment but the last", async () => {
  const torn = await writeSegments();
  const [first = ""] = torn.paths;
  const { size } = await stat(first);
  await truncate(first, size - 1);
  expect(await refusalOf(torn.directory)).toMatchObject({ code: "CORRUPT", segment: first });

  const flipped = await writeSegments();
  const middle = flipped.paths[1] ?? "";
  await edit(middle, flip(64 + 80));
  expect(await refusalOf(flipped.directory)).toMatchObject({ code: "CORRUPT", segment: middle });
});

test("refuses when whole records are missing at the end of a segment that is not the last", async () => {
  const { directory, paths } = await writeSegments();
  const [first = "", second = ""] = paths;
  await truncate(first, 64 + recordBytes);
  expect(await refusalOf(directory)).toMatchObject({ code: "CORRUPT", segment: second });
});

test.each([0, 1])("refuses when segment %i is missing", async (index) => {
  const { directory, paths } = await writeSegments();
  await rm(paths[index] ?? "");
  expect(await refusalOf(directory)).toMatchObject({ code: "CORRUPT", segment: paths[index + 1] });
});

test("refuses a segment under another's name, and one of another log", async () => {
  const renamed = await writeSegments();
  const last = renamed.paths.at(-1) ?? "";
  const wrong = join(renamed.directory, segmentName(500));
  await rename(last, wrong);
  expect(await refusalOf(renamed.directory)).toMatchObject({ code: "CORRUPT", segment: wrong, offset: 16 });

  const [mine, other] = [await writeSegments(), await writeSegments()];
  await writeFile(mine.paths[1] ?? "", await readFile(other.paths[1] ?? ""));
  expect(await refusalOf(mine.directory)).toMatchObject({
    code: "CORRUPT",
    segment: mine.paths[1],
    offset: 12,
  });
});

test("refuses a damaged header, whichever byte", async () => {
  for (const at of numbers(0, 63)) {
    const { directory, path } = await writeLog(1);
    await edit(path, flip(at));
    expect(await refusalOf(directory), `byte ${at}`).toMatchObject({
      code: "CORRUPT",
      segment: path,
      offset: 0,
    });
  }
}, 30_000);

test("refuses a segment of a future format", async () => {
  const { directory, path } = await writeLog(2);
  await edit(path, (bytes) => {
    const header = decodeSegmentHeader(bytes.subarray(0, 64));
    if (header !== undefined) bytes.set(encodeSegmentHeader({ ...header, version: 2 }));
    return undefined;
  });
  expect(await refusalOf(directory)).toMatchObject({ code: "UNSUPPORTED_VERSION", segment: path });
});

test("refuses a record of a future format, even the last", async () => {
  const { directory, path } = await writeLog(2);
  await edit(path, (bytes) => {
    const future = allocateRecordBytes(recordBytes);
    encodeRecord(future, 0, recordOf(3), { position: 3, commitFirst: 3, salt });
    future.bytes[8] = 2;
    reseal(future, salt);
    return Buffer.concat([bytes, future.bytes]);
  });
  const offset = 64 + 2 * recordBytes;
  expect(await refusalOf(directory)).toMatchObject({ code: "UNSUPPORTED_VERSION", segment: path, offset });
});

test("removes a last segment that was being created, and reports it", async () => {
  for (const size of [0, 1, 40, 63, 64]) {
    const { directory } = await writeLog(4);
    await writeFile(join(directory, segmentName(5)), new Uint8Array(size));
    const { truncation } = await expectSurvivors(directory, 4);
    expect(truncation).toMatchObject({ offset: 0, bytes: size, reason: "unfinished segment" });
    expect(await readdir(directory)).not.toContain(segmentName(5));
  }
});

test("goes on in a last segment that was created, but never used", async () => {
  const { directory, paths } = await writeSegments();
  const last = paths.at(-1) ?? "";
  const base = Number(last.slice(-24, -4));
  await truncate(last, 64);
  await expectSurvivors(directory, base - 1);
});

test("a directory with nothing but an unfinished first segment is a new log", async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, firstName), "SCRP");
  const log = await openLog({ directory });
  expect(log.recovery.truncatedBytes).toBe(4);
  await log.append(recordOf(1)).durable;
  expect(await positionsOf(log.read())).toEqual([1]);
});
