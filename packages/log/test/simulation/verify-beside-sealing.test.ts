import { expect, test, vi } from "vitest";
import type { FileSystem } from "../../src/files";
import { inspectLog } from "../../src/inspect";
import { Log } from "../../src/log";
import { verifyLog } from "../../src/verify";
import { appendEach, numbers, recordOf } from "../support";
import { Random } from "./random";
import { Scheduler } from "./scheduler";
import { SimulatedDisk } from "./simulated-disk";

vi.mock("../../src/compress", () => import("./prompt-compress"));

const directory = "/log";
const waiting = 15;
const records = 18;
/** One record to a segment. */
const payload = new Uint8Array(500).fill(7);

/** A disk with a log of many segments that wait to be sealed, and the process that has it open. */
class Machine {
  readonly scheduler: Scheduler;
  readonly disk: SimulatedDisk;
  readonly settle: Scheduler["settle"];

  constructor(seed: number) {
    const advance = (milliseconds: number) => void vi.advanceTimersByTime(milliseconds);
    this.scheduler = new Scheduler(new Random(seed), { advance });
    this.disk = new SimulatedDisk(this.scheduler);
    this.settle = (promise) => this.scheduler.settle(promise);
  }

  async open(sealing: boolean): Promise<{ log: Log; files: FileSystem }> {
    const files = this.disk.boot();
    const log = await this.settle(Log.open({ directory, files, sealing, segmentBytesMax: 1024 }));
    return { log, files };
  }

  /** The log, just opened: sealing begins. */
  async begin(): Promise<{ log: Log; files: FileSystem }> {
    const { log } = await this.open(false);
    await this.settle(
      appendEach(
        log,
        numbers(1, records).map((number) => recordOf(number, { payload })),
      ),
    );
    await this.settle(log.close());
    const opened = await this.open(true);
    expect(opened.log.statistics().sealing.waiting).toBeGreaterThan(waiting);
    return opened;
  }
}

/** The same files; before the `number`th is opened, `happening` comes to its end. */
function withHappening(files: FileSystem, number: number, happening: () => Promise<unknown>) {
  let opened = 0;
  const disturbed = new Proxy(files, {
    get: (target, name) => {
      if (name === "open") {
        return async (path: string, access: "read" | "write") => {
          opened += 1;
          if (opened === number) await happening();
          return target.open(path, access);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { files: disturbed, happened: () => opened >= number };
}

async function withFakeTime(run: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    await run();
  } finally {
    vi.useRealTimers();
  }
}

/** What may happen at once while a log is verified or inspected. */
const happenings: Record<string, (log: Log) => Promise<unknown>> = {
  "all segments are sealed": (log) => log.sealed(),
  "most segments are sealed and dropped": (log) => log.sealed().then(() => log.dropBefore(12)),
  "all segments are sealed and dropped": (log) => log.sealed().then(() => log.dropBefore(records + 1)),
};

for (const [title, happen] of Object.entries(happenings)) {
  test(
    `verification goes on, whenever ${title}`,
    () =>
      withFakeTime(async () => {
        for (let number = 1; ; number += 1) {
          const machine = new Machine(number);
          const { log, files } = await machine.begin();
          const disturbed = withHappening(files, number, () => happen(log));
          const report = await machine.settle(verifyLog(directory, { files: disturbed.files }));
          const where = `at file ${number}`;
          expect(report.damages, where).toEqual([]);
          expect(report.lastPosition, where).toBe(records);
          expect(report.chainStarts, where).toEqual([]);
          if (log.statistics().horizonPosition === 0) expect(report.records, where).toBe(records);
          await machine.settle(log.close());
          if (!disturbed.happened()) break;
        }
      }),
    60_000,
  );

  test(
    `the segments are listed, whenever ${title}`,
    () =>
      withFakeTime(async () => {
        for (let number = 1; ; number += 1) {
          const machine = new Machine(number);
          const { log, files } = await machine.begin();
          const disturbed = withHappening(files, number, () => happen(log));
          const summary = await machine.settle(inspectLog(directory, { files: disturbed.files }));
          const where = `at file ${number}`;
          expect(summary.lastPosition, where).toBe(records);
          const left = summary.segments.reduce((sum, each) => sum + each.records, 0);
          expect(left, where).toBe(records - summary.horizonPosition);
          await machine.settle(log.close());
          if (!disturbed.happened()) break;
        }
      }),
    60_000,
  );
}

test(
  "verification keeps up with sealing and dropping, in whatever order the disk completes them",
  () =>
    withFakeTime(async () => {
      let droppedMeanwhile = 0;
      for (let seed = 1; seed <= 60; seed += 1) {
        const machine = new Machine(seed);
        const { log, files } = await machine.begin();
        const dropping = (async () => {
          for (const position of numbers(1, 6)) {
            await log.sealed();
            await log.dropBefore(position * 2);
          }
        })();
        for (let round = 0; round < 6; round += 1) {
          const before = log.statistics().horizonPosition;
          const { damages, lastPosition } = await machine.settle(verifyLog(directory, { files }));
          expect(damages, `seed ${seed}`).toEqual([]);
          expect(lastPosition).toBe(records);
          if (log.statistics().horizonPosition > before) droppedMeanwhile += 1;
        }
        await machine.settle(dropping);
        await machine.settle(log.close());
      }
      expect(droppedMeanwhile).toBeGreaterThan(20);
    }),
  60_000,
);

test("a segment that someone removes while the log is verified is damage", () =>
  withFakeTime(async () => {
    const machine = new Machine(1);
    const { log } = await machine.begin();
    await machine.settle(log.sealed());
    await machine.settle(log.close());
    const files = machine.disk.boot();
    const [, , removed = ""] = (await machine.settle(files.list(directory))).filter((name) =>
      name.endsWith(".sealed"),
    );
    const disturbed = withHappening(files, 30, () => files.remove(`${directory}/${removed}`));
    const { damages } = await machine.settle(verifyLog(directory, { files: disturbed.files }));
    expect(damages).toMatchObject([
      { file: `${directory}/${removed}`, what: expect.stringContaining("missing") },
    ]);
  }));
