import { basename } from "node:path";
import type { FileSystem, LogFile } from "../src/files";
import { nodeFiles } from "../src/node-files";

/** One call that changes the disk. */
export interface DiskCall {
  kind: "create" | "write" | "sync" | "truncate" | "rename" | "link" | "remove" | "syncDirectory";
  /** File name, or name of the directory. */
  name: string;
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made up by a test`), { code });
}

/** The real disk, except for what a test has it do. */
export class FaultyFiles implements FileSystem {
  /** Called before each call: throw to make it fail, return a promise to hold it. */
  intercept: (call: DiskCall) => Promise<void> | void = () => {};
  /** Bytes that can still be written before the disk is full. */
  spaceBytes = Number.POSITIVE_INFINITY;
  /** What it says of that, if it is not the truth. */
  freeBytesSaid: number | undefined;
  /** Largest write done in one call. */
  writeBytesMax = Number.POSITIVE_INFINITY;
  /** Which byte of the file with this name is written wrongly, and nobody told. */
  garble: (name: string) => number | undefined = () => undefined;
  readonly calls: DiskCall[] = [];

  async enter(kind: DiskCall["kind"], path: string): Promise<void> {
    const call = { kind, name: basename(path) };
    this.calls.push(call);
    await this.intercept(call);
  }

  makeDirectory = nodeFiles.makeDirectory;
  list = nodeFiles.list;
  lock = nodeFiles.lock;

  async open(path: string, access: "read" | "write"): Promise<LogFile> {
    return new FaultyFile(this, path, await nodeFiles.open(path, access));
  }

  async create(path: string): Promise<LogFile> {
    await this.enter("create", path);
    return new FaultyFile(this, path, await nodeFiles.create(path));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.enter("rename", to);
    await nodeFiles.rename(from, to);
  }

  async link(existing: string, path: string): Promise<void> {
    await this.enter("link", path);
    await nodeFiles.link(existing, path);
  }

  async remove(path: string): Promise<void> {
    await this.enter("remove", path);
    await nodeFiles.remove(path);
  }

  async freeBytes(): Promise<number> {
    return this.freeBytesSaid ?? this.spaceBytes;
  }

  async syncDirectory(directory: string): Promise<void> {
    await this.enter("syncDirectory", directory);
    await nodeFiles.syncDirectory(directory);
  }
}

class FaultyFile implements LogFile {
  readonly #disk: FaultyFiles;
  readonly #path: string;
  readonly #file: LogFile;

  constructor(disk: FaultyFiles, path: string, file: LogFile) {
    this.#disk = disk;
    this.#path = path;
    this.#file = file;
  }

  readAt(target: Uint8Array, offset: number): Promise<number> {
    return this.#file.readAt(target, offset);
  }

  async writeAt(bytes: Uint8Array, offset: number): Promise<number> {
    await this.#disk.enter("write", this.#path);
    const size = Math.min(bytes.byteLength, this.#disk.writeBytesMax, this.#disk.spaceBytes);
    if (size === 0) throw systemError("ENOSPC");
    const taken = this.#garbled(bytes.subarray(0, size), offset);
    const written = await this.#file.writeAt(taken, offset);
    this.#disk.spaceBytes -= written;
    return written;
  }

  async commitAt(bytes: Uint8Array, offset: number): Promise<number> {
    const written = await this.writeAt(bytes, offset);
    await this.sync();
    return written;
  }

  #garbled(bytes: Uint8Array, offset: number): Uint8Array {
    const at = (this.#disk.garble(basename(this.#path)) ?? -1) - offset;
    if (at < 0 || at >= bytes.byteLength) return bytes;
    return Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
  }

  async sync(): Promise<void> {
    await this.#disk.enter("sync", this.#path);
    await this.#file.sync();
  }

  async truncate(size: number): Promise<void> {
    await this.#disk.enter("truncate", this.#path);
    await this.#file.truncate(size);
  }

  size(): Promise<number> {
    return this.#file.size();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** A door that calls wait at until it is opened. */
export class Gate {
  #open: () => void = () => {};
  #arrived: () => void = () => {};
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });
  /** Resolves when the first call waits. */
  readonly arrival = new Promise<void>((resolve) => {
    this.#arrived = resolve;
  });

  pass(): Promise<void> {
    this.#arrived();
    return this.#opened;
  }

  open(): void {
    this.#open();
  }
}
