import { LogError } from "../../src/errors";
import { LogReader } from "../../src/log-reader";
import type { LogRecord } from "../../src/record";
import { verifyLog } from "../../src/verify";
import { keyOf } from "../support";
import { Host, type ProcessTime, Refused } from "./host";
import { assertSame, type ModelRecord } from "./model";
import { Random } from "./random";
import { damageAtRest, flicker } from "./rot";
import { createRecord } from "./sample-records";
import type { Action, AppendStep, DropStep, ReadStep, Restart, Schedule, Step } from "./schedule";
import { directory } from "./segments-at-rest";
import { noFaults } from "./simulated-disk";

/** Carries a schedule out. Rejects, saying why, if the log does anything it must not do. */
export async function simulate(schedule: Schedule, time: ProcessTime): Promise<void> {
  const host = new Host(schedule, time);
  try {
    await new Simulation(host).run();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally {
    host.disk.kill();
    time.clear();
  }
}

/** Does to the log and to the model what the steps say, and compares. */
class Simulation {
  readonly #host: Host;
  /** What reads the log besides `Log`, and for which process. */
  #reader: LogReader | undefined;
  #readerOf: object | undefined;
  #following = false;
  #recordsTried = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  async run(): Promise<void> {
    const { schedule, disk } = this.#host;
    await this.#host.open(0);
    for (const step of schedule.steps) await this.#perform(step);
    disk.faults = { ...noFaults };
    await this.#host.restart("powerCut");
    if (schedule.sealing) await this.#host.settle(this.#host.log.sealed());
    await this.#host.settle(this.#verify());
    await this.#host.restart("close");
  }

  async #perform(step: Step): Promise<void> {
    const { disk, schedule, model } = this.#host;
    disk.scheduler.random = new Random(step.seed);
    disk.faults = { ...noFaults, ...schedule.faults, spaceBytes: disk.faults.spaceBytes };
    await this.#act(step);
    const { durablePosition } = this.#host.log;
    if (durablePosition !== model.durablePosition) {
      throw new Error(`durable is ${durablePosition}, acknowledged was ${model.durablePosition}`);
    }
  }

  async #act(step: Action): Promise<void> {
    const host = this.#host;
    switch (step.do) {
      case "append":
        return this.#append(step);
      case "proceed":
        return host.disk.scheduler.advance(step.operations);
      case "wait":
        return host.wait();
      case "seal":
        return host.settle(host.log.sealed());
      case "age":
        return host.passTime(step.milliseconds);
      case "read":
        return this.#read(step);
      case "follow":
        return step.key === undefined ? this.#follow() : this.#followKey(keyOf(step.key));
      case "verify":
        return host.start(() => this.#verify());
      case "flicker":
        return flicker(host, step);
      case "damage":
        return damageAtRest(host, step);
      case "drop":
        return this.#drop(step);
      case "fill":
        host.disk.faults.spaceBytes = host.disk.usedBytes + step.freeBytes;
        return;
      case "free":
        host.disk.faults.spaceBytes = Number.POSITIVE_INFINITY;
        return;
      case "restart":
        return host.restart(step.how, step.cutAfter);
    }
  }

  #append(step: AppendStep): void {
    const { log, model } = this.#host;
    for (let count = 0; count < step.records; count += 1) {
      this.#recordsTried += 1;
      const { nextPosition } = log;
      const record = createRecord(step, this.#recordsTried, nextPosition);
      try {
        const appended = log.append(record);
        if (appended.position !== nextPosition) throw new Error("append did not take the next position");
        model.add(record, appended);
      } catch (error) {
        this.#host.assertMayRefuse(error);
      }
    }
  }

  /** Reads in the background and compares. */
  #read({ key, stream, reverse, since, ...places }: ReadStep): void {
    const { log, model } = this.#host;
    const after = this.#positionAt(places.after);
    const through = this.#positionAt(places.through);
    const sinceRevision = since === undefined ? undefined : BigInt(Math.round(since * this.#recordsTried));
    const expected = model
      .durable(after, through)
      .filter((record) => sinceRevision === undefined || record.revision >= sinceRevision)
      .filter((record) => key === undefined || Buffer.compare(record.key, keyOf(key)) === 0)
      .filter((record) => key === undefined || stream === undefined || record.stream === stream);
    if (reverse) expected.reverse();
    const options = { after, through, reverse, ...(sinceRevision === undefined ? {} : { sinceRevision }) };
    const records =
      key === undefined
        ? log.read(options)
        : log.readKey(keyOf(key), stream === undefined ? options : { ...options, stream });
    this.#host.start(() => this.#expectRecords(records, expected));
  }

  /** A reader without the lock goes on from where it was. There is one for each process. */
  #follow(): void {
    const { process: files, model } = this.#host;
    if (this.#readerOf !== files) {
      this.#readerOf = files;
      this.#reader = undefined;
      this.#following = false;
      this.#host.defer(async () => this.#reader?.close());
    }
    if (this.#following) return;
    this.#following = true;
    // Not to a position of which the record was given up.
    const through = model.lastRecordPosition;
    this.#host.start(async () => {
      this.#reader ??= await LogReader.open({ directory, files, after: model.horizonPosition });
      const { position } = this.#reader;
      await this.#expectRecords(this.#reader.read(through), model.durable(position, through));
      this.#following = false;
    });
  }

  /** A reader of one key reads all of it, beside whatever else goes on. */
  #followKey(key: Uint8Array): void {
    const { process: files, model } = this.#host;
    const through = model.lastRecordPosition;
    const after = model.horizonPosition;
    const expected = model.durable(after, through).filter((record) => Buffer.compare(record.key, key) === 0);
    this.#host.start(async () => {
      const reader = await LogReader.open({ directory, files, after, key });
      try {
        await this.#expectRecords(reader.read(through), expected);
      } finally {
        await reader.close();
      }
    });
  }

  /** Only a disk that fails excuses an early end. */
  async #expectRecords(records: AsyncIterable<LogRecord>, expected: readonly ModelRecord[]): Promise<void> {
    const found: LogRecord[] = [];
    try {
      for await (const record of records) found.push(record);
    } catch (error) {
      if (!this.#host.mayFailToRead(error)) throw error;
      assertSame(found, expected.slice(0, found.length));
      return;
    }
    assertSame(found, expected);
  }

  /** Finds nothing wrong in an intact log, and all that was durable when it began. */
  async #verify(): Promise<void> {
    const { process: files, log, schedule } = this.#host;
    const { durablePosition } = log;
    try {
      const { damages, lastPosition } = await verifyLog(directory, { files });
      if (this.#host.mayBeDamaged) return;
      const [damage] = damages;
      if (damage !== undefined) {
        throw new Error(`verify: ${damage.what} (${damage.file}, byte ${damage.offset})`);
      }
      if (lastPosition < durablePosition) {
        throw new Error(`verify ended with record ${lastPosition}, not ${durablePosition}`);
      }
    } catch (error) {
      const unreadable = error instanceof LogError && error.code === "DIRECTORY_UNUSABLE";
      if (!unreadable || schedule.character !== "unreadable") throw error;
    }
  }

  /** Drops old records, while nobody reads them; the process may end while that goes on. */
  async #drop({ before, interruptedAfter }: DropStep): Promise<void> {
    const { disk, log, model, process } = this.#host;
    await this.#host.wait();
    if (this.#readerOf === process && this.#reader !== undefined) {
      await this.#host.settle(this.#reader.close());
    }
    this.#readerOf = undefined;
    const position = this.#positionAt(before);
    model.dropBefore = Math.max(model.dropBefore, position);
    const dropping = log.dropBefore(position);
    if (interruptedAfter === undefined) return model.drop(await this.#host.settle(dropping));
    await disk.scheduler.advance(interruptedAfter);
    return this.#host.restart(disk.random.pick<Restart>(["kill", "powerCut"]));
  }

  #positionAt(place: number): number {
    return Math.round(place * this.#host.log.durablePosition);
  }
}
