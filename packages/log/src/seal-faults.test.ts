import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FaultyFiles, Gate, systemError } from "../test/faulty-files";
import {
  appendEach,
  collect,
  logErrorOf,
  numbers,
  onceWritten,
  openLog,
  positionsOf,
  recordOf,
  temporaryDirectory,
} from "../test/support";
import type { LogError } from "./errors";
import { Log } from "./log";
import { verifyLog } from "./verify";

const inputs = numbers(1, 60).map((number) => recordOf(number));
const records = inputs.map((input, index) => ({ ...input, position: index + 1 }));

/** A directory with a closed log of 60 records in four segments, none of them sealed: byte for byte the same each time. */
let unsealed: () => Promise<string>;

beforeAll(async () => {
  unsealed = await onceWritten(async (directory) => {
    const always = { clock: () => 1_700_000_000_000, random32: () => 7 };
    const log = await Log.open({ directory, segmentBytesMax: 1400, sealing: false, ...always });
    await appendEach(log, inputs);
    await log.close();
  });
});

async function sealNames(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name !== "LOCK").sort();
}

/** How many calls sealing everything takes, the opening of the log left out. */
async function callsOfSealing(): Promise<number> {
  const files = new FaultyFiles();
  const log = await openLog({ directory: await unsealed(), files });
  const before = files.calls.length;
  await log.sealed();
  return files.calls.length - before;
}

test("a seal is synced before it gets its name, and named durably before the plain segment goes", async () => {
  const files = new FaultyFiles();
  const directory = await temporaryDirectory();
  const log = await openLog({ directory, files, segmentBytesMax: 1400 });
  await appendEach(log, inputs.slice(0, 17));
  files.calls.length = 0;
  await appendEach(log, inputs.slice(17, 20));
  await log.sealed();
  const name = "00000000000000000001.sealed";
  const calls = files.calls
    .filter((call) => call.kind === "syncDirectory" || call.name.startsWith("00000000000000000001"))
    .map(({ kind, name: file }) => (kind === "syncDirectory" ? kind : `${kind} ${file}`));
  const tail = calls.slice(calls.lastIndexOf(`write ${name}.tmp`));
  expect(tail).toEqual([
    `write ${name}.tmp`,
    `sync ${name}.tmp`,
    `rename ${name}`,
    "syncDirectory",
    "remove 00000000000000000001.seg",
    "syncDirectory",
  ]);
});

test("a process that ends at any call of sealing loses nothing, and leaves nothing behind", async () => {
  const total = await callsOfSealing();
  expect(total).toBeGreaterThan(20);
  for (let alive = 0; alive <= total; alive += 1) {
    const directory = await unsealed();
    const files = new FaultyFiles();
    const log = await Log.open({ directory, files });
    let left = alive;
    files.intercept = () => {
      left -= 1;
      if (left < 0) throw systemError("EIO");
    };
    await log.sealed();
    expect(await collect(log.read()), `dead after ${alive} calls`).toEqual(records);
    await log.close().catch(() => {});

    const again = await Log.open({ directory, sealing: false });
    expect(again.recovery).toMatchObject({ records: 60, damaged: [], truncatedBytes: 0 });
    expect(await collect(again.read())).toEqual(records);
    await again.close();
    const names = await sealNames(directory);
    expect(new Set(names.map((name) => name.slice(0, 20))).size, names.join()).toBe(names.length);
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect((await verifyLog(directory)).damages).toEqual([]);
  }
}, 60_000);

test("one failed call is reported, hurts nobody, and the seal is done when it is tried again", async () => {
  const total = await callsOfSealing();
  for (let number = 0; number < total; number += 1) {
    const directory = await unsealed();
    const files = new FaultyFiles();
    const problems: LogError[] = [];
    const log = await Log.open({
      directory,
      files,
      segmentBytesMax: 1400,
      onProblem: (problem) => problems.push(problem),
    });
    let count = 0;
    files.intercept = () => {
      count += 1;
      if (count === number + 1) throw systemError("EIO");
    };
    await log.sealed();
    expect(await collect(log.read())).toEqual(records);
    // Appends go on, and the next roll tries again.
    await appendEach(
      log,
      numbers(61, 90).map((each) => recordOf(each)),
    );
    await log.sealed();
    expect(log.statistics().state).toBe("open");
    expect(log.statistics().sealing.waiting, `call ${number}`).toBe(0);
    // Leftovers are removed with no more ado.
    expect(problems.length).toBeLessThanOrEqual(1);
    expect(await positionsOf(log.read())).toEqual(numbers(1, 90));
    await log.close();
    expect((await verifyLog(directory)).damages).toEqual([]);
  }
}, 60_000);

test("a full disk keeps the plain segment, takes the unfinished one away, and says so", async () => {
  const directory = await unsealed();
  const files = new FaultyFiles();
  files.spaceBytes = 100;
  files.freeBytesSaid = 10_000;
  const problems: LogError[] = [];
  const log = await openLog({ directory, files, onProblem: (problem) => problems.push(problem) });
  await log.sealed();
  expect(problems.map(({ code }) => code)).toEqual(["DISK_FULL"]);
  expect(log.statistics().sealing).toMatchObject({ sealed: 0, lastError: problems[0] });
  expect((await sealNames(directory)).filter((name) => !name.endsWith(".seg"))).toEqual([]);
  expect(await collect(log.read())).toEqual(records);
});

test("a seal that is read otherwise than it was written never gets a name, and is done again", async () => {
  const name = "00000000000000000001.sealed";
  const whole = await unsealed();
  await (await openLog({ directory: whole })).sealed();
  const { size } = await stat(join(whole, name));
  for (let at = 0; at < size; at += 7) {
    const directory = await unsealed();
    const files = new FaultyFiles();
    const problems: LogError[] = [];
    const onProblem = (problem: LogError) => problems.push(problem);
    files.garble = (file) => (file === `${name}.tmp` ? at : undefined);
    const log = await Log.open({ directory, files, segmentBytesMax: 1400, onProblem });
    await log.sealed();
    expect(problems, `byte ${at}`).toMatchObject([
      { code: "FAILED", reason: expect.stringContaining("read otherwise") },
    ]);
    expect((await sealNames(directory)).filter((each) => !each.endsWith(".seg"))).toEqual([]);
    files.garble = () => undefined;
    // The next roll tries again.
    await appendEach(
      log,
      numbers(61, 90).map((each) => recordOf(each)),
    );
    await log.sealed();
    expect(log.statistics().sealing.waiting).toBe(0);
    expect(await positionsOf(log.read())).toEqual(numbers(1, 90));
    await log.close();
    expect((await verifyLog(directory)).damages).toEqual([]);
  }
}, 60_000);

test("sealing waits for space without taking any, says so once, and goes on when there is some", async () => {
  const directory = await unsealed();
  const files = new FaultyFiles();
  const problems: LogError[] = [];
  const onProblem = (problem: LogError) => problems.push(problem);
  const [first = ""] = await sealNames(directory);
  const { size } = await stat(join(directory, first));
  files.freeBytesSaid = size;
  const log = await openLog({ directory, files, segmentBytesMax: 1400, onProblem });
  await log.sealed();
  for (const round of [61, 91, 121]) {
    await appendEach(
      log,
      numbers(round, round + 29).map((each) => recordOf(each)),
    );
    await log.sealed();
  }
  expect(problems).toMatchObject([{ code: "DISK_FULL", segment: join(directory, first) }]);
  expect(files.calls.filter(({ name }) => name.endsWith(".tmp"))).toEqual([]);
  expect(log.statistics()).toMatchObject({ state: "open", durablePosition: 150, sealing: { sealed: 0 } });

  files.freeBytesSaid = 2 * size;
  await appendEach(
    log,
    numbers(151, 180).map((each) => recordOf(each)),
  );
  await log.sealed();
  expect(log.statistics().sealing.waiting).toBe(0);
  files.freeBytesSaid = 0;
  await appendEach(
    log,
    numbers(181, 210).map((each) => recordOf(each)),
  );
  await log.sealed();
  // Another time, it is news again.
  expect(problems).toHaveLength(2);
  expect(await positionsOf(log.read())).toEqual(numbers(1, 210));
});

test("a file system that cannot say how much is free is no obstacle", async () => {
  const files = new FaultyFiles();
  const log = await openLog({
    directory: await unsealed(),
    files: Object.assign(files, { freeBytes: () => Promise.reject(systemError("ENOSYS")) }),
  });
  await log.sealed();
  expect(log.statistics().sealing.waiting).toBe(0);
});

test("closing does not wait for a seal to be finished", async () => {
  const directory = await unsealed();
  const files = new FaultyFiles();
  const gate = new Gate();
  files.intercept = ({ kind, name }) => {
    if (kind === "write" && name.endsWith(".tmp")) return gate.pass();
  };
  const log = await Log.open({ directory, files });
  await gate.arrival;
  const closing = log.close();
  gate.open();
  await closing;
  expect(log.statistics().sealing.sealed).toBe(0);
  expect((await sealNames(directory)).filter((name) => !name.endsWith(".seg"))).toEqual([]);
});

test("appends do not wait while a seal waits for the disk", async () => {
  const directory = await unsealed();
  const files = new FaultyFiles();
  const gate = new Gate();
  files.intercept = ({ kind, name }) => {
    if (kind === "sync" && name.endsWith(".tmp")) return gate.pass();
  };
  const log = await openLog({ directory, files });
  await gate.arrival;
  await appendEach(
    log,
    numbers(61, 70).map((each) => recordOf(each)),
  );
  expect(log.durablePosition).toBe(70);
  gate.open();
  await log.sealed();
  expect(await positionsOf(log.read())).toEqual(numbers(1, 70));
});

test("a record that is damaged before it is sealed stops sealing, and stays where it is", async () => {
  const directory = await unsealed();
  const files = new FaultyFiles();
  const problems: LogError[] = [];
  const log = await openLog({
    directory,
    sealing: true,
    files: Object.assign(files, { open: damaging(files) }),
    onProblem: (problem) => problems.push(problem),
  });
  await log.sealed();
  expect(problems.map(({ code }) => code)).toEqual(["CORRUPT"]);
  expect(log.statistics().sealing).toMatchObject({ sealed: 0, waiting: log.statistics().segments - 1 });
  expect((await logErrorOf(() => collect(log.read()))).code).toBe("CORRUPT");
});

/** Opens files as `files` does; once the log is open, the first segment reads with a bit flipped. */
function damaging(files: FaultyFiles): FaultyFiles["open"] {
  const open = files.open.bind(files);
  let opened = 0;
  return async (path, access) => {
    const file = await open(path, access);
    if (!path.endsWith("00000000000000000001.seg")) return file;
    opened += 1;
    if (opened === 1) return file;
    const readAt = file.readAt.bind(file);
    return Object.assign(file, {
      readAt: async (target: Uint8Array, offset: number) => {
        const filled = await readAt(target, offset);
        if (offset <= 300 && offset + filled > 300) target[300 - offset] = (target[300 - offset] ?? 0) ^ 1;
        return filled;
      },
    });
  };
}
