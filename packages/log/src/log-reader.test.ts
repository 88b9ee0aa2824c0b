import { once } from "node:events";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { bundle } from "../test/bundle";
import { FaultyFiles } from "../test/faulty-files";
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
import type { FileSystem } from "./files";
import { LogReader } from "./log-reader";
import { nodeFiles } from "./node-files";
import type { LogRecord } from "./record";

async function openReader(directory: string, after = 0): Promise<LogReader> {
  const reader = await LogReader.open({ directory, after });
  onTestFinished(() => reader.close());
  return reader;
}

test("follows a live writer over many segments, and sees no more than it was told is durable", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 1024 });
  const reader = await openReader(directory);
  const seen: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    const through = log.durablePosition;
    const appended = numbers(1, 1 + (round % 7)).map((number) => log.append(recordOf(number)));
    // Reads while the next commit is on its way.
    seen.push(...(await positionsOf(reader.read(through))));
    expect(reader.position).toBe(through);
    await appended[0]?.durable;
  }
  seen.push(...(await positionsOf(reader.read(log.durablePosition))));
  expect(seen).toEqual(numbers(1, log.durablePosition));
  expect(log.statistics().segments).toBeGreaterThan(5);
});

test("hands out the records whole", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  const large = new Uint8Array(2_500_000).fill(3);
  const inputs = [recordOf(1), recordOf(2, { payload: large }), recordOf(3)];
  await appendEach(log, inputs);
  const reader = await openReader(directory);
  const [first, second, third] = await collect(reader.read(3));
  expect([first, third]).toEqual([
    { ...inputs[0], position: 1 },
    { ...inputs[2], position: 3 },
  ]);
  expect(second?.position).toBe(2);
  expect(Buffer.compare(second?.payload ?? new Uint8Array(), large)).toBe(0);
});

test("starts behind any position", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 1024 });
  await appendEach(
    log,
    numbers(1, 40).map((number) => recordOf(number)),
  );
  for (const after of numbers(0, 40)) {
    const reader = await openReader(directory, after);
    expect(await positionsOf(reader.read(40))).toEqual(numbers(after + 1, 40));
  }
});

test("goes on where a loop left off", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 1024 });
  await appendEach(
    log,
    numbers(1, 30).map((number) => recordOf(number)),
  );
  const reader = await openReader(directory);
  for (const stop of [1, 5, 13, 14, 29]) {
    for await (const { position } of reader.read(30)) if (position === stop) break;
    expect(reader.position).toBe(stop);
  }
  expect(await positionsOf(reader.read(30))).toEqual([30]);
});

test("hands out the same records in batches, of plain segments and sealed ones, and goes on behind the last batch", async () => {
  const directory = await temporaryDirectory();
  const count = 5000;
  const inputs = numbers(1, count).map((number) => recordOf(number));
  const write = async (options: object, records: typeof inputs) => {
    const log = await openLog({ directory, segmentBytesMax: 128 * 1024, ...options });
    // A commit is in one segment, however large it is.
    for (const [index, record] of records.entries()) {
      const { durable } = log.append(record);
      if (index % 100 === 0) await durable;
    }
    await log.sealed();
    await log.close();
  };
  await write({}, inputs.slice(0, count / 2));
  await write({ sealing: false }, inputs.slice(count / 2));

  const names = (await readdir(directory)).join(" ");
  expect(names).toMatch(/sealed/);
  expect(names).toMatch(/\.seg/);

  const reader = await openReader(directory);
  const seen: LogRecord[] = [];
  let batches = 0;
  while (reader.position < count - 1) {
    // Each loop ends early.
    for await (const batch of reader.readBatches(count - 1)) {
      seen.push(...batch);
      batches += 1;
      expect(reader.position).toBe(seen.length);
      break;
    }
  }
  expect(batches).toBeGreaterThan(4);
  for await (const batch of reader.readBatches(count)) seen.push(...batch);
  expect(seen).toEqual(inputs.map((input, index) => ({ ...input, position: index + 1 })));

  const key = keyOf(1);
  const ofKey = await LogReader.open({ directory, key });
  onTestFinished(() => ofKey.close());
  const found: number[] = [];
  for await (const batch of ofKey.readBatches(count)) found.push(...batch.map(({ position }) => position));
  expect(found).toEqual(
    seen.flatMap((record) => (Buffer.compare(record.key, key) === 0 ? [record.position] : [])),
  );
  expect(found.length).toBeGreaterThan(1);
});

test("does not touch the disk when there is nothing new", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  await appendEach(log, [recordOf(1)]);
  let opened = 0;
  const files = {
    ...nodeFiles,
    open: (path: string, access: "read" | "write") => {
      opened += 1;
      return nodeFiles.open(path, access);
    },
  };
  const reader = await LogReader.open({ directory, files, after: 1 });
  expect(await positionsOf(reader.read(1))).toEqual([]);
  expect(opened).toBe(0);
  await reader.close();
});

test("passes over positions that a full disk left out", async () => {
  const directory = await temporaryDirectory();
  const files = new FaultyFiles();
  const log = await openLog({ directory, files });
  await appendEach(log, [recordOf(1), recordOf(2)]);
  const reader = await openReader(directory);
  expect(await positionsOf(reader.read(2))).toEqual([1, 2]);
  files.spaceBytes = 20;
  await logErrorOf(() => log.append(recordOf(3)).durable);
  await logErrorOf(() => log.append(recordOf(4)).durable);
  files.spaceBytes = Number.POSITIVE_INFINITY;
  await appendEach(log, [recordOf(5), recordOf(6)]);
  expect(await positionsOf(reader.read(log.durablePosition))).toEqual([5, 6]);
  for (const after of [2, 3, 4]) {
    expect(await positionsOf((await openReader(directory, after)).read(6))).toEqual([5, 6]);
  }
});

test("says so when records it was promised are missing", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 1024, sealing: false });
  await appendEach(
    log,
    numbers(1, 40).map((number) => recordOf(number)),
  );
  const beyond = await openReader(directory, 40);
  expect((await logErrorOf(() => collect(beyond.read(41)))).code).toBe("CORRUPT");
  const [, second = "", third = ""] = (await readdir(directory))
    .filter((name) => name.endsWith(".seg"))
    .sort();
  await rm(join(directory, second));
  const reader = await openReader(directory);
  expect(await logErrorOf(() => collect(reader.read(40)))).toMatchObject({
    code: "CORRUPT",
    segment: join(directory, third),
  });
});

test("refuses a missing directory, a second loop, and reading when closed", async () => {
  const directory = await temporaryDirectory();
  const missing = await logErrorOf(() => LogReader.open({ directory: join(directory, "none") }));
  expect(missing.code).toBe("DIRECTORY_UNUSABLE");
  const log = await openLog({ directory });
  await appendEach(log, [recordOf(1), recordOf(2)]);
  const reader = await openReader(directory);
  const loop = reader.read(2);
  await loop.next();
  await expect(reader.read(2).next()).rejects.toThrow("one loop");
  await reader.close();
  expect((await logErrorOf(() => loop.next())).code).toBe("CLOSED");
  expect((await logErrorOf(() => reader.read(2).next())).code).toBe("CLOSED");
});

test("works in another thread", async () => {
  const script = await bundle("follower");
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 4096 });
  const worker = new Worker(script, { workerData: directory });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const expected: [number, number][] = [];
  const seen: [number, number][] = [];
  for (let round = 1; round <= 20; round += 1) {
    const payload = new Uint8Array(round * 20);
    const appended = numbers(1, 5).map((number) => log.append(recordOf(number, { payload })));
    expected.push(...appended.map(({ position }): [number, number] => [position, payload.byteLength]));
    await appended[0]?.durable;
    worker.postMessage(log.durablePosition);
    const [found] = await once(worker, "message");
    seen.push(...found);
  }
  expect(seen).toEqual(expected);
}, 30_000);

/** The real disk, and how many bytes were read from it. */
function countingFiles(): { files: FileSystem; bytesRead: () => number } {
  let bytes = 0;
  const open: FileSystem["open"] = async (path, access) => {
    const file = await nodeFiles.open(path, access);
    const readAt = file.readAt.bind(file);
    return Object.assign(file, {
      readAt: async (target: Uint8Array, offset: number) => {
        const filled = await readAt(target, offset);
        bytes += filled;
        return filled;
      },
    });
  };
  return { files: { ...nodeFiles, open }, bytesRead: () => bytes };
}

test("reads the records of one key without reading the others, wherever they are sealed", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, durability: "os", segmentBytesMax: 1_000_000 });
  const documents = 40;
  for (const number of numbers(1, 4000)) {
    const payload = Uint8Array.from(
      { length: 1000 },
      (_, index) => Math.imul(number + index, 0x9e3779b1) >>> 24,
    );
    const { durable } = log.append(recordOf(number, { key: keyOf(number % documents), payload }));
    if (number % 50 === 0) await durable;
  }
  await log.sealed();
  const { sealing, bytes } = log.statistics();
  expect(sealing).toMatchObject({ segments: 4, waiting: 0 });

  const expected = numbers(1, 4000).filter((number) => number % documents === 7);
  const { files, bytesRead } = countingFiles();
  const reader = await LogReader.open({ directory, files, key: keyOf(7) });
  expect(await positionsOf(reader.read(4000))).toEqual(expected);
  expect(reader.position).toBe(4000);
  await reader.close();
  // All of the last segment, which is plain, and a few blocks of the others.
  const last = bytes - (await sealedBytes(directory));
  expect(bytesRead() - last).toBeLessThan((bytes - last) / 4);

  const later = await LogReader.open({ directory, key: keyOf(7), after: 1234 });
  const first: number[] = [];
  for await (const { position } of later.read(4000)) if (first.push(position) === 3) break;
  expect([...first, ...(await positionsOf(later.read(4000)))]).toEqual(
    expected.filter((each) => each > 1234),
  );
  await later.close();
});

async function sealedBytes(directory: string): Promise<number> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sealed"));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
