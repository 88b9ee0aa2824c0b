import { expect, test, vi } from "vitest";
import type { LogError } from "../../src/errors";
import { Log } from "../../src/log";
import { verifyLog } from "../../src/verify";
import { appendEach, numbers, positionsOf, recordOf } from "../support";
import { Random } from "./random";
import { Scheduler } from "./scheduler";
import { SimulatedDisk } from "./simulated-disk";

vi.mock("../../src/compress", () => import("./prompt-compress"));

const directory = "/log";
const segmentBytesMax = 4000;
/** Does not compress, so that a sealed segment is about as large as the plain one. */
const payload = new Uint8Array(900);
const noise = new Random(7);
for (let at = 0; at < payload.byteLength; at += 1) payload[at] = noise.below(256);

const record = (number: number) => recordOf(number, { payload });
const hour = 3_600_000;

test("on a disk with little space, sealing waits, appends do not notice, and both go on when there is more", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    for (let seed = 1; seed <= 40; seed += 1) await fillAndFree(seed);
  } finally {
    vi.useRealTimers();
  }
}, 60_000);

async function fillAndFree(seed: number): Promise<void> {
  const scheduler = new Scheduler(new Random(seed), { advance: (ms) => void vi.advanceTimersByTime(ms) });
  const disk = new SimulatedDisk(scheduler);
  const settle = <T>(promise: Promise<T>) => scheduler.settle(promise);
  const problems: LogError[] = [];
  const options = { directory, segmentBytesMax, onProblem: (problem: LogError) => problems.push(problem) };
  const before = await settle(Log.open({ ...options, files: disk.boot(), sealing: false }));
  await settle(appendEach(before, numbers(1, 20).map(record)));
  await settle(before.close());
  // Enough for some more records, but not for a segment besides.
  disk.faults.spaceBytes = disk.usedBytes + 4500;

  const log = await settle(Log.open({ ...options, files: disk.boot() }));
  await settle(log.sealed());
  await settle(appendEach(log, numbers(21, 24).map(record)));
  await settle(log.sealed());
  vi.advanceTimersByTime(hour);
  await settle(log.sealed());

  const where = `seed ${seed}`;
  expect(problems, where).toMatchObject([{ code: "DISK_FULL" }]);
  expect(disk.faultsMet, where).toBe(0);
  expect([...disk.directory(directory).files.keys()].filter((name) => !name.endsWith(".seg"))).toEqual([]);
  expect(log.statistics(), where).toMatchObject({ state: "open", durablePosition: 24 });

  // Noticed without another append.
  disk.faults.spaceBytes += 5000;
  vi.advanceTimersByTime(hour);
  await settle(log.sealed());
  expect(log.statistics().sealing, where).toMatchObject({ waiting: 0 });
  expect(await settle(positionsOf(log.read()))).toEqual(numbers(1, 24));
  await settle(log.close());
  expect((await settle(verifyLog(directory, { files: disk.boot() }))).damages).toEqual([]);
}
