import { basename } from "node:path";
import { LogError, systemErrorCode } from "../../src/errors";
import { Log } from "../../src/log";
import type { LogRecord } from "../../src/record";
import { collect } from "../support";
import { Model } from "./model";
import { Random } from "./random";
import type { Restart, Schedule } from "./schedule";
import { Scheduler, type VirtualTime } from "./scheduler";
import { directory } from "./segments-at-rest";
import { noFaults, SimulatedDisk, type SimulatedProcess } from "./simulated-disk";

/** Timers of a process; they end with it. */
export interface ProcessTime extends VirtualTime {
  clear(): void;
}

/** Ends a schedule early: the disk broke its word, and the log said so. */
export class Refused extends Error {}

/** A machine on which processes open the log, one after the other, and the model they must agree with. */
export class Host {
  readonly schedule: Schedule;
  readonly disk: SimulatedDisk;
  readonly model = new Model();
  readonly #time: ProcessTime;
  #clockMs = 0;
  #process: SimulatedProcess | undefined;
  #log: Log | undefined;
  #hasFailedToOpen = false;
  /** What runs while other things happen. */
  #tasks: Promise<void>[] = [];
  /** Done before the log is closed. */
  #cleanups: (() => Promise<void>)[] = [];

  constructor(schedule: Schedule, time: ProcessTime) {
    this.schedule = schedule;
    this.#time = time;
    this.disk = new SimulatedDisk(new Scheduler(new Random(0), time));
  }

  get log(): Log {
    if (this.#log === undefined) throw new Error("the log is not open");
    return this.#log;
  }

  get process(): SimulatedProcess {
    if (this.#process === undefined) throw new Error("no process runs");
    return this.#process;
  }

  /** Lets the disk work until `promise` settles. */
  readonly settle = <T>(promise: Promise<T>): Promise<T> => this.disk.scheduler.settle(promise);

  /** Begins something that goes on while other things happen. It ends with the process. */
  start(run: () => Promise<void>): void {
    const task = run();
    task.catch(() => {});
    this.#tasks.push(task);
  }

  /** Has `cleanup` done before the log is closed, unless the process ends otherwise. */
  defer(cleanup: () => Promise<void>): void {
    this.#cleanups.push(cleanup);
  }

  passTime(milliseconds: number): void {
    this.#clockMs += milliseconds;
    this.#time.advance(milliseconds);
  }

  /** Lets everything end that is under way, but sealing. */
  async wait(): Promise<void> {
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) await this.settle(task);
    const waiting = this.model.records.filter(({ fate }) => fate === "waiting");
    await this.settle(Promise.allSettled(waiting.map(({ commit }) => commit)));
  }

  /** Ends the process and opens the log again; `cutAfter` operations into that, the power may be cut. */
  async restart(how: Restart, cutAfter?: number): Promise<void> {
    // Let everyone hear what has been decided before the process ends.
    await this.disk.scheduler.advance(0);
    if (how === "close") await this.close();
    const synced = this.#syncedPosition();
    // After a sync that failed the cache may show what the disk does not have: only a power cut tells.
    const safe = how === "powerCut" || !this.disk.isGenuine ? this.#cutPower() : this.#kill();
    if (cutAfter === undefined) return this.open(safe);
    this.#openLog().catch(() => {});
    await this.disk.scheduler.advance(cutAfter);
    this.#forget();
    this.disk.cutPower();
    return this.open(synced);
  }

  /** @returns up to which position everything must have survived */
  #kill(): number {
    // A sync that fails may drop what only the cache had.
    const safe = this.disk.faultsMet === 0 ? this.model.durablePosition : this.#syncedPosition();
    this.#forget();
    this.disk.kill();
    return safe;
  }

  /** @returns up to which position everything must have survived */
  #cutPower(): number {
    const safe = this.#syncedPosition();
    this.#forget();
    this.disk.cutPower();
    return safe;
  }

  #syncedPosition(): number {
    return this.schedule.durability === "fsync" ? this.model.durablePosition : this.model.syncedPosition;
  }

  #forget(): void {
    this.#time.clear();
    this.#log = undefined;
    this.#tasks = [];
    this.#cleanups = [];
  }

  async close(): Promise<void> {
    await this.wait();
    for (const cleanup of this.#cleanups) await this.settle(cleanup());
    try {
      await this.settle(this.log.close());
      this.model.syncedPosition = this.model.durablePosition;
    } catch (error) {
      this.assertMayRefuse(error);
    }
    assertAllClosed(this.process);
    this.#forget();
  }

  /** The log may refuse to take more when too much waits, and after the disk has failed. */
  assertMayRefuse(error: unknown): void {
    if (!(error instanceof LogError)) throw error;
    if (error.code === "OVERLOADED") return;
    const failing = error.code === "FAILED" || error.code === "DISK_FULL";
    if (!failing || this.disk.faultsMet === 0) throw error;
  }

  mayFailToRead(error: unknown): boolean {
    if (systemErrorCode(error) === "EIO") return this.schedule.character === "unreadable";
    return error instanceof LogError && error.code === "CORRUPT" && this.mayBeDamaged;
  }

  get mayBeDamaged(): boolean {
    const { character, durability } = this.schedule;
    // Without `fsync`, what is read may be what a failed sync has just dropped from the cache.
    const dropped = character === "failing" && this.disk.faultsMet > 0 && durability !== "fsync";
    return dropped || character === "lying" || (character === "unreadable" && this.disk.faultsMet > 0);
  }

  /** Opens the log and holds it against the model, of which all up to `atLeast` must be there. */
  async open(atLeast: number): Promise<void> {
    const found = await this.#openPatiently();
    const safe = this.#hasFailedToOpen ? Math.min(atLeast, this.#syncedPosition()) : atLeast;
    const { newestRevision, nextPosition, durablePosition } = this.log;
    if (this.schedule.character === "lying") this.model.reconcileLoosely(found);
    else this.model.reconcile(found, safe, durablePosition);
    // It may be that of a record that did not survive, but never less than one that somebody has seen.
    if (newestRevision < this.model.newestRevision) throw new Error(`newest revision: ${newestRevision}`);
    if (nextPosition <= this.model.durablePosition) throw new Error(`next position: ${nextPosition}`);
    // A drop that was cut short may have been completed, or not have begun.
    this.model.drop(this.log.statistics().horizonPosition);
  }

  /**
   * Opens the log and reads all of it. A disk that fails meanwhile may prevent that, or make the log pass over
   * segments, but not for longer than it fails.
   */
  async #openPatiently(): Promise<LogRecord[]> {
    this.#hasFailedToOpen = false;
    const found = await this.#openAndRead();
    if (found !== undefined) return found;
    this.#hasFailedToOpen = true;
    this.disk.faults = { ...noFaults };
    if (this.disk.isGenuine) this.disk.kill();
    else this.disk.cutPower();
    const foundNow = await this.#openAndRead();
    if (foundNow === undefined) throw new Error("a disk without faults met one");
    return foundNow;
  }

  /** @returns undefined if faults of the disk stood in the way */
  async #openAndRead(): Promise<LogRecord[] | undefined> {
    try {
      this.#log = await this.tryOpen();
      const [damage] = this.#log.damaged;
      if (damage === undefined) return await this.#readAll();
      if (this.disk.faultsMet === 0) throw damage;
      await this.settle(this.#log.close());
      return undefined;
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      if (error.code === "CORRUPT" && this.schedule.character === "lying") throw new Refused();
      if (error.code === "CORRUPT" || this.disk.faultsMet === 0) throw error;
      return undefined;
    }
  }

  /** @throws {LogError} what `Log.open` says; nothing is left open */
  async tryOpen(): Promise<Log> {
    const opening = this.#openLog();
    try {
      const log = await this.settle(opening);
      this.#assertRemoved(log.recovery.removedFiles);
      return log;
    } catch (error) {
      assertAllClosed(this.process);
      throw error;
    }
  }

  /** Sealing may have begun again, and with it unfinished files. */
  #assertRemoved(paths: readonly string[]): void {
    const { files } = this.disk.directory(directory);
    const left = paths.find((path) => path.endsWith(".seg") && files.has(basename(path)));
    if (left !== undefined) throw new Error(`${left} was not removed`);
  }

  #openLog(): Promise<Log> {
    const { durability, sealing, segmentBytesMax, segmentAgeMsMax, recordBytesMax, pendingBytesMax } =
      this.schedule;
    const files = this.disk.boot();
    this.#process = files;
    return Log.open({
      directory,
      files,
      durability,
      sealing,
      segmentBytesMax,
      segmentAgeMsMax,
      recordBytesMax,
      pendingBytesMax,
      clock: () => this.#clockMs,
      random32: () => 0x5eed_cafe,
      onCommit: ({ syncSeconds }) => this.#noteSync(syncSeconds),
    });
  }

  #noteSync(syncSeconds: number): void {
    // Called once the commit counts as durable, and before the next write.
    const position = this.#log?.durablePosition ?? 0;
    if (syncSeconds > 0) this.model.syncedPosition = position;
  }

  async #readAll(): Promise<LogRecord[]> {
    const { faults } = this.disk;
    this.disk.faults = { ...noFaults };
    const found = await this.settle(collect(this.log.read()));
    this.disk.faults = faults;
    return found;
  }
}

function assertAllClosed({ openFiles }: SimulatedProcess): void {
  if (openFiles !== 0) throw new Error(`${openFiles} files were left open`);
}
