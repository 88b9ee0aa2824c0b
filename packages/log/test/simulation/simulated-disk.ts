import { basename, dirname } from "node:path";
import { LogError } from "../../src/errors";
import type { DirectoryLock, FileSystem, LogFile } from "../../src/files";
import type { Random } from "./random";
import type { Scheduler } from "./scheduler";
import { SimulatedDirectory } from "./simulated-directory";
import type { SimulatedFile } from "./simulated-file";

/** What goes wrong. The numbers are chances, for each call; none by default. */
export interface DiskFaults {
  /** A sync fails, and what it was to write may be lost although later ones succeed. */
  syncFails: number;
  /** A sync succeeds without doing anything. */
  syncLies: number;
  /** A write takes only some of its bytes. */
  writeShort: number;
  /** A write fails with `EIO`, having written any part. */
  writeFails: number;
  /** A bit of what is written to a segment that is being sealed flips on the way, and nobody says so. */
  sealGarbles: number;
  /** A read fails with `EIO`. */
  readFails: number;
  /** How many bytes all files together may have. */
  spaceBytes: number;
}

export const noFaults: DiskFaults = {
  syncFails: 0,
  syncLies: 0,
  writeShort: 0,
  writeFails: 0,
  sealGarbles: 0,
  readFails: 0,
  spaceBytes: Number.POSITIVE_INFINITY,
};

/** What the operating system answers when it cannot. */
export function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/**
 * A disk in memory, under an operating system that keeps what is written in its cache until it is told to
 * sync. Processes come and go on it: each `boot` is one. `kill` ends the process and keeps the cache,
 * `cutPower` takes the cache, too, and leaves what chance had put on the disk.
 */
export class SimulatedDisk {
  faults: DiskFaults = { ...noFaults };
  /** How many faults, beyond short writes, the process of today has met. */
  faultsMet = 0;
  readonly scheduler: Scheduler;
  readonly #directories = new Map<string, SimulatedDirectory>();
  #process: SimulatedProcess | undefined;

  constructor(scheduler: Scheduler) {
    this.scheduler = scheduler;
  }

  get random(): Random {
    return this.scheduler.random;
  }

  /** Starts a process; ends the one before. */
  boot(): SimulatedProcess {
    this.#process?.end();
    this.faultsMet = 0;
    this.#process = new SimulatedProcess(this);
    return this.#process;
  }

  /** The process ends at once. What it wrote stays with the operating system. */
  kill(): void {
    this.scheduler.interrupt();
    this.#process?.end();
    this.#process = undefined;
  }

  /** The machine stops. */
  cutPower(): void {
    this.kill();
    for (const directory of this.#directories.values()) directory.cutPower(this.random);
  }

  /** Is what the operating system shows also what the disk has, or will have after a sync? */
  get isGenuine(): boolean {
    return [...this.#directories.values()].every(({ files }) =>
      [...files.values()].every((file) => file.isGenuine),
    );
  }

  makeDirectory(path: string): void {
    if (!this.#directories.has(path)) this.#directories.set(path, new SimulatedDirectory());
  }

  directory(path: string): SimulatedDirectory {
    const directory = this.#directories.get(path);
    if (directory === undefined) throw systemError("ENOENT", path);
    return directory;
  }

  file(path: string): SimulatedFile {
    const file = this.directory(dirname(path)).files.get(basename(path));
    if (file === undefined) throw systemError("ENOENT", path);
    return file;
  }

  /** Does a fault of this kind happen now? */
  strikes(chance: number): boolean {
    if (chance === 0 || !this.random.chance(chance)) return false;
    this.faultsMet += 1;
    return true;
  }

  get usedBytes(): number {
    let used = 0;
    for (const { files } of this.#directories.values()) {
      for (const { cached } of files.values()) used += cached.size;
    }
    return used;
  }

  get freeBytes(): number {
    return Math.max(0, this.faults.spaceBytes - this.usedBytes);
  }

  /** Every byte of every file, by path: equal if nothing was modified. */
  snapshot(): Map<string, string> {
    const snapshot = new Map<string, string>();
    for (const [path, { files }] of this.#directories) {
      for (const [name, { cached }] of files) {
        snapshot.set(`${path}/${name}`, Buffer.from(cached.bytes).toString("latin1"));
      }
    }
    return snapshot;
  }
}

/** The disk as one process sees it. What it asks for after its end never settles. */
export class SimulatedProcess implements FileSystem {
  readonly #disk: SimulatedDisk;
  #alive = true;
  #lockedBy: object | undefined;
  /** Descriptors that were not closed. */
  openFiles = 0;

  constructor(disk: SimulatedDisk) {
    this.#disk = disk;
  }

  end(): void {
    this.#alive = false;
  }

  perform<T>(effect: () => T, interrupt?: () => void): Promise<T> {
    if (!this.#alive) return new Promise(() => {});
    return this.#disk.scheduler.perform(effect, interrupt);
  }

  makeDirectory(directory: string): Promise<void> {
    return this.perform(() => this.#disk.makeDirectory(directory));
  }

  list(directory: string): Promise<string[]> {
    return this.perform(() => [...this.#disk.directory(directory).files.keys()]);
  }

  open(path: string, access: "read" | "write"): Promise<LogFile> {
    return this.perform(() => this.#descriptor(path, this.#disk.file(path), access === "write"));
  }

  create(path: string): Promise<LogFile> {
    const directory = () => this.#disk.directory(dirname(path));
    const add = () => {
      if (directory().files.has(basename(path))) throw systemError("EEXIST", path);
      if (this.#disk.freeBytes === 0) this.#runOut(path);
      return this.#descriptor(path, directory().add(basename(path)), true);
    };
    return this.perform(add, () => {
      if (!directory().files.has(basename(path))) directory().add(basename(path));
    });
  }

  #runOut(path: string): never {
    this.#disk.faultsMet += 1;
    throw systemError("ENOSPC", path);
  }

  #descriptor(path: string, file: SimulatedFile, writable: boolean): LogFile {
    this.openFiles += 1;
    return new Descriptor(this.#disk, this, path, file, writable);
  }

  rename(from: string, to: string): Promise<void> {
    const move = () => {
      this.#disk.file(from);
      this.#disk.directory(dirname(from)).move(basename(from), basename(to));
    };
    return this.perform(move, move);
  }

  link(existing: string, path: string): Promise<void> {
    const link = () => {
      const file = this.#disk.file(existing);
      const directory = this.#disk.directory(dirname(path));
      if (directory.files.has(basename(path))) throw systemError("EEXIST", path);
      directory.link(basename(path), file);
    };
    return this.perform(link, link);
  }

  remove(path: string): Promise<void> {
    const remove = () => {
      this.#disk.file(path);
      this.#disk.directory(dirname(path)).remove(basename(path));
    };
    return this.perform(remove, remove);
  }

  freeBytes(): Promise<number> {
    return this.perform(() => this.#disk.freeBytes);
  }

  syncDirectory(path: string): Promise<void> {
    const sync = () => {
      if (this.#disk.strikes(this.#disk.faults.syncFails)) throw systemError("EIO", path);
      if (!this.#disk.strikes(this.#disk.faults.syncLies)) this.#disk.directory(path).sync();
    };
    return this.perform(sync);
  }

  lock(directory: string): Promise<DirectoryLock> {
    return this.perform(() => {
      if (this.#lockedBy !== undefined) throw new LogError("LOCKED", `the log in ${directory} is in use`);
      const holder = {};
      this.#lockedBy = holder;
      return {
        release: async () => {
          if (this.#lockedBy === holder) this.#lockedBy = undefined;
        },
      };
    });
  }
}

class Descriptor implements LogFile {
  readonly #disk: SimulatedDisk;
  readonly #process: SimulatedProcess;
  readonly #path: string;
  readonly #file: SimulatedFile;
  readonly #writable: boolean;
  /** Did the last write take only some of its bytes? */
  #shortOfBytes = false;
  #open = true;

  constructor(
    disk: SimulatedDisk,
    process: SimulatedProcess,
    path: string,
    file: SimulatedFile,
    writable: boolean,
  ) {
    this.#disk = disk;
    this.#process = process;
    this.#path = path;
    this.#file = file;
    this.#writable = writable;
  }

  readAt(target: Uint8Array, offset: number): Promise<number> {
    return this.#perform(() => {
      if (this.#disk.strikes(this.#disk.faults.readFails)) throw systemError("EIO", this.#path);
      return this.#file.cached.read(target, offset);
    });
  }

  writeAt(bytes: Uint8Array, offset: number): Promise<number> {
    const asked = bytes.slice();
    const write = () => {
      this.#assertWritable();
      // The operating system copies the bytes at any time before the call returns.
      if (Buffer.compare(asked, bytes) !== 0) throw new Error(`${this.#path}: changed while being written`);
      return this.#write(asked, offset);
    };
    return this.#perform(write, () => {
      const written = asked.subarray(0, this.#disk.random.between(0, asked.byteLength));
      this.#file.write(written, offset, this.#shortOfBytes);
    });
  }

  #write(bytes: Uint8Array, offset: number): number {
    const { faults, random } = this.#disk;
    if (this.#disk.strikes(faults.writeFails)) {
      this.#file.write(bytes.subarray(0, random.between(0, bytes.byteLength)), offset);
      throw systemError("EIO", this.#path);
    }
    const space = this.#file.cached.size - offset + this.#disk.freeBytes;
    if (space <= 0) {
      this.#disk.faultsMet += 1;
      throw systemError("ENOSPC", this.#path);
    }
    let length = Math.min(bytes.byteLength, space);
    if (random.chance(faults.writeShort)) length = random.between(1, length);
    this.#file.write(bytes.subarray(0, length), offset, this.#shortOfBytes);
    if (faults.sealGarbles > 0 && this.#path.endsWith(".sealed.tmp") && random.chance(faults.sealGarbles)) {
      const at = random.below(length);
      this.#file.write(new Uint8Array([(bytes[at] ?? 0) ^ (1 << random.below(8))]), offset + at);
    }
    this.#shortOfBytes = length < bytes.byteLength;
    return length;
  }

  /** A write, a moment in which anything may happen, and a sync. */
  async commitAt(bytes: Uint8Array, offset: number): Promise<number> {
    const written = await this.writeAt(bytes, offset);
    await this.sync();
    return written;
  }

  sync(): Promise<void> {
    return this.#perform(() => {
      const { faults, random } = this.#disk;
      if (this.#disk.strikes(faults.syncFails)) {
        this.#file.failSync(random);
        throw systemError("EIO", this.#path);
      }
      if (!this.#disk.strikes(faults.syncLies)) this.#file.sync();
    });
  }

  truncate(size: number): Promise<void> {
    const resize = () => {
      this.#assertWritable();
      this.#file.resize(size);
    };
    return this.#perform(resize, resize);
  }

  size(): Promise<number> {
    return this.#perform(() => this.#file.cached.size);
  }

  close(): Promise<void> {
    return this.#perform(() => {
      this.#open = false;
      this.#process.openFiles -= 1;
    });
  }

  #perform<T>(effect: () => T, interrupt?: () => void): Promise<T> {
    const checked = () => {
      if (!this.#open) throw systemError("EBADF", this.#path);
      return effect();
    };
    return this.#process.perform(checked, interrupt);
  }

  #assertWritable(): void {
    if (!this.#writable) throw systemError("EBADF", this.#path);
  }
}
