import { appendFile, chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FaultyFiles, systemError } from "../test/faulty-files";
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
import { Log } from "./log";
import type { RecordInput } from "./record";

test("gives back, after reopening, what was appended", async () => {
  const directory = await temporaryDirectory();
  const inputs = numbers(1, 20).map((number) => recordOf(number));
  const first = await openLog({ directory });
  expect(first.recovery).toMatchObject({ segments: 1, records: 0, truncatedBytes: 0 });
  expect([first.nextPosition, first.durablePosition, first.newestRevision]).toEqual([1, 0, 0n]);
  await appendEach(first, inputs);
  const expected = inputs.map((input, index) => ({ ...input, position: index + 1 }));
  expect(await collect(first.read())).toEqual(expected);
  await first.close();

  const second = await openLog({ directory });
  expect(second.recovery).toMatchObject({ segments: 1, records: 20, truncatedBytes: 0 });
  expect([second.nextPosition, second.durablePosition, second.newestRevision]).toEqual([21, 20, 20n]);
  expect(await collect(second.read())).toEqual(expected);
  expect(second.append(recordOf(21)).position).toBe(21);
});

test("creates the directory, and every file in it durably", async () => {
  const directory = join(await temporaryDirectory(), "a", "b");
  const files = new FaultyFiles();
  await openLog({ directory, files });
  const name = "00000000000000000001.seg";
  expect(files.calls).toEqual([
    { kind: "create", name },
    { kind: "write", name },
    { kind: "sync", name },
    { kind: "syncDirectory", name: "b" },
  ]);
});

test("remembers the highest revision, whatever the order", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  await appendEach(log, [recordOf(1, { revision: 90n }), recordOf(2, { revision: 40n })]);
  expect(log.newestRevision).toBe(90n);
  await log.close();
  expect((await openLog({ directory })).newestRevision).toBe(90n);
});

test("rolls by size, durably, and reads over all segments from any position", async () => {
  const directory = await temporaryDirectory();
  const files = new FaultyFiles();
  const log = await openLog({ directory, files, segmentBytesMax: 1024, sealing: false });
  await appendEach(
    log,
    numbers(1, 60).map((number) => recordOf(number)),
  );
  const { segments, bytes } = log.statistics();
  expect(segments).toBeGreaterThan(3);
  const created = files.calls.filter(({ kind }) => kind === "create");
  expect(created).toHaveLength(segments);
  for (const { name } of created) {
    const of = files.calls
      .filter((call) => call.name === name || call.kind === "syncDirectory")
      .map(({ kind }) => kind);
    const start = of.indexOf("create");
    expect(of.slice(start, start + 5)).toEqual(["create", "write", "sync", "syncDirectory", "write"]);
  }
  for (const after of numbers(0, 60)) {
    expect(await positionsOf(log.read({ after }))).toEqual(numbers(after + 1, 60));
  }
  expect(await positionsOf(log.read({ after: 10, through: 12 }))).toEqual([11, 12]);
  await log.close();
  const reopened = await openLog({ directory, segmentBytesMax: 1024 });
  expect(reopened.recovery).toMatchObject({ segments, bytes, records: 60 });
  expect(await positionsOf(reopened.read({ after: 57 }))).toEqual([58, 59, 60]);
});

test("gives a batch larger than a segment one to itself", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 1024 });
  await log.append(recordOf(1)).durable;
  await log.append(recordOf(2, { payload: new Uint8Array(5000) })).durable;
  await log.append(recordOf(3)).durable;
  expect(log.statistics().segments).toBe(3);
  expect(await positionsOf(log.read())).toEqual([1, 2, 3]);
});

test("reads records larger than a read and than an index block", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  const sizes = [10, 3_000_000, 20, 70_000, 65_472, 0, 1_500_000];
  const inputs = sizes.map((size, index) =>
    recordOf(index, { payload: new Uint8Array(size).fill(index), key: keyOf(index % 2) }),
  );
  await appendEach(log, inputs);
  const check = async (opened: Log) => {
    for (const after of numbers(0, 7)) {
      expect(await positionsOf(opened.read({ after }))).toEqual(numbers(after + 1, 7));
      const odd = [1, 3, 5, 7].filter((position) => position > after);
      expect(await positionsOf(opened.readKey(keyOf(0), { after }))).toEqual(odd);
    }
    const payloads = (await collect(opened.read())).map(({ payload }) => payload);
    expect(
      payloads.every(
        (payload, index) => Buffer.compare(payload, inputs[index]?.payload ?? payload.subarray(1)) === 0,
      ),
    ).toBe(true);
  };
  await check(log);
  await log.close();
  await check(await openLog({ directory }));
});

test("yields a record once, although reads of neighbouring stretches overlap", async () => {
  const log = await openLog({ directory: await temporaryDirectory() });
  const runs = [
    { key: 1, count: 50 },
    { key: 2, count: 5 },
    { key: 1, count: 5 },
  ];
  const inputs = runs.flatMap(({ key, count }) =>
    numbers(1, count).map((number) => recordOf(number, { key: keyOf(key), payload: new Uint8Array(30_000) })),
  );
  await Promise.all(inputs.map((input) => log.append(input).durable));
  expect(await positionsOf(log.readKey(keyOf(1)))).toEqual([...numbers(1, 50), ...numbers(56, 60)]);
});

test("finds exactly the records of each of 1,000 interleaved keys", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, segmentBytesMax: 200_000 });
  const model: { key: number; stream: number; position: number }[] = [];
  let seed = 42;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let round = 0; round < 40; round += 1) {
    let durable = Promise.resolve();
    for (let index = 0; index < 250; index += 1) {
      const [key, stream] = [random(1000), random(3)];
      const appended = log.append(
        recordOf(index, { key: keyOf(key), stream, payload: new Uint8Array(random(120)) }),
      );
      model.push({ key, stream, position: appended.position });
      durable = appended.durable;
    }
    await durable;
  }
  const property = (opened: Log) =>
    fc.asyncProperty(fc.nat(1001), fc.option(fc.nat(3)), fc.nat(11_000), async (key, stream, after) => {
      const expected = model.filter(
        (entry) =>
          entry.key === key && entry.position > after && (stream === null || entry.stream === stream),
      );
      const options = stream === null ? { after } : { after, stream };
      expect(await positionsOf(opened.readKey(keyOf(key), options))).toEqual(
        expected.map(({ position }) => position),
      );
    });
  await fc.assert(property(log), { numRuns: 100 });
  await log.close();
  await fc.assert(property(await openLog({ directory })), { numRuns: 100 });
}, 30_000);

test("any schedule of appends, reopenings and reads agrees with a plain list", async () => {
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("append" as const),
        count: fc.integer({ min: 1, max: 12 }),
        size: fc.nat(400),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("reopen" as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("read" as const), key: fc.nat(3), after: fc.nat(60) }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const directory = await temporaryDirectory();
      const model: (RecordInput & { position: number })[] = [];
      let log = await Log.open({ directory, segmentBytesMax: 1500 });
      for (const each of steps) {
        if (each.kind === "append") {
          const batch = numbers(1, each.count).map((index) =>
            recordOf(model.length + index, { payload: new Uint8Array(each.size) }),
          );
          const appended = batch.map((record) => log.append(record));
          model.push(
            ...batch.map((record, index) => ({ ...record, position: appended[index]?.position ?? 0 })),
          );
          await Promise.all(appended.map(({ durable }) => durable));
        } else if (each.kind === "reopen") {
          await log.close();
          log = await Log.open({ directory, segmentBytesMax: 1500 });
        } else {
          const of = model.filter(
            ({ key, position }) => Buffer.compare(key, keyOf(each.key)) === 0 && position > each.after,
          );
          expect(await collect(log.readKey(keyOf(each.key), { after: each.after }))).toEqual(of);
        }
      }
      expect(await collect(log.read())).toEqual(model);
      await log.close();
    }),
    { numRuns: 40 },
  );
}, 30_000);

test("a read sees what was durable when it was asked for, however late it runs", async () => {
  const log = await openLog({ directory: await temporaryDirectory(), segmentBytesMax: 1024 });
  await appendEach(log, [recordOf(3), recordOf(6)]);
  const [all, beyond, key] = [log.read(), log.read({ through: 1000 }), log.readKey(keyOf(0))];
  await appendEach(
    log,
    numbers(3, 40).map(() => recordOf(9)),
  );
  expect(await positionsOf(all)).toEqual([1, 2]);
  expect(await positionsOf(beyond)).toEqual([1, 2]);
  expect(await positionsOf(key)).toEqual([1, 2]);
});

test("names the byte when a record is damaged while the log is open, and serves the others", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  const payload = new Uint8Array(100_000);
  await appendEach(log, [recordOf(0, { payload }), recordOf(1, { payload }), recordOf(2, { payload })]);
  const path = join(directory, "00000000000000000001.seg");
  const { open } = await import("node:fs/promises");
  const file = await open(path, "r+");
  await file.write(Buffer.of(1), 0, 1, 64 + 100_064 + 5000);
  await file.close();
  const error = await logErrorOf(() => collect(log.read()));
  expect(error).toMatchObject({ code: "CORRUPT", segment: path, offset: 64 + 100_064 });
  expect(await positionsOf(log.readKey(keyOf(0)))).toEqual([1]);
  expect(await positionsOf(log.readKey(keyOf(2)))).toEqual([3]);
  expect((await logErrorOf(() => collect(log.readKey(keyOf(1))))).code).toBe("CORRUPT");
});

test("says so when a file got shorter than what was durable", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  await appendEach(log, [recordOf(0), recordOf(1)]);
  const { truncate } = await import("node:fs/promises");
  await truncate(join(directory, "00000000000000000001.seg"), 64 + 64 + 9);
  expect(await logErrorOf(() => collect(log.read()))).toMatchObject({ code: "CORRUPT", offset: 64 + 64 + 9 });
});

test("refuses what it must not take, and takes nothing then", async () => {
  const log = await openLog({
    directory: await temporaryDirectory(),
    recordBytesMax: 100,
    pendingBytesMax: 250,
  });
  const big = await logErrorOf(() => log.append(recordOf(1, { payload: new Uint8Array(37) })));
  expect(big.code).toBe("RECORD_TOO_LARGE");
  expect((await logErrorOf(() => log.append(recordOf(1, { key: new Uint8Array(4) })))).code).toBe(
    "INVALID_RECORD",
  );
  log.append(recordOf(1, { payload: new Uint8Array(36) }));
  const { durable } = log.append(recordOf(2, { payload: new Uint8Array(36) }));
  expect((await logErrorOf(() => log.append(recordOf(3)))).code).toBe("OVERLOADED");
  await durable;
  expect(log.statistics()).toMatchObject({ appends: 2, pendingBytes: 0, nextPosition: 3 });
  await log.append(recordOf(3)).durable;
  expect(await positionsOf(log.read())).toEqual([1, 2, 3]);
});

test("closes once, with everything committed, and then refuses", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  const { durable } = log.append(recordOf(1));
  const closing = log.close();
  expect((await logErrorOf(() => log.append(recordOf(2)))).code).toBe("CLOSED");
  expect(log.close()).toBe(closing);
  await closing;
  await durable;
  expect(log.statistics()).toMatchObject({ state: "closed", durablePosition: 1 });
  expect((await logErrorOf(() => log.read())).code).toBe("CLOSED");
  expect(await positionsOf((await openLog({ directory })).read())).toEqual([1]);
});

test("leaves an operator's other files alone", async () => {
  const directory = await temporaryDirectory();
  for (const name of ["notes.txt", "old.seg", "00000000000000000001.seg.bak"]) {
    await writeFile(join(directory, name), "mine");
  }
  const before = await fingerprint(directory);
  await appendEach(await openLog({ directory }), [recordOf(1)]);
  expect(await fingerprint(directory)).toMatchObject(before);
});

test("says which directory it cannot use", async () => {
  const directory = await temporaryDirectory();
  const notOne = join(directory, "file");
  await appendFile(notOne, "x");
  const error = await logErrorOf(() => Log.open({ directory: notOne }));
  expect(error.code).toBe("DIRECTORY_UNUSABLE");
  expect(error.message).toContain(notOne);

  const files = new FaultyFiles();
  files.intercept = ({ kind }) => {
    if (kind === "create") throw systemError("EACCES");
  };
  expect((await logErrorOf(() => Log.open({ directory, files }))).code).toBe("DIRECTORY_UNUSABLE");
  // The lock was given back.
  await openLog({ directory });
});

test.skipIf(process.getuid?.() === 0)("says so when it may not write", async () => {
  const directory = await temporaryDirectory();
  await chmod(directory, 0o500);
  expect((await logErrorOf(() => Log.open({ directory }))).code).toBe("DIRECTORY_UNUSABLE");
});

test("refuses sizes that cannot work together", async () => {
  const directory = await temporaryDirectory();
  await expect(Log.open({ directory, pendingBytesMax: 10 })).rejects.toThrow(RangeError);
  await expect(Log.open({ directory, segmentBytesMax: 10 })).rejects.toThrow(RangeError);
});
