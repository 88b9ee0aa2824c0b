import * as fs from "node:fs";
import { link, mkdir, open, readdir, rename, statfs, unlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { lockDirectory } from "./directory-lock";
import type { FileSystem, LogFile } from "./files";

/** The real disk. */
export const nodeFiles: FileSystem = {
  makeDirectory,
  list: (directory) => readdir(directory),
  open: async (path, access) =>
    new NodeFile(path, await openDescriptor(path, access === "read" ? "r" : "r+")),
  create: async (path) => new NodeFile(path, await openDescriptor(path, "wx+")),
  rename,
  link,
  remove: unlink,
  freeBytes,
  syncDirectory,
  lock: lockDirectory,
};

async function makeDirectory(directory: string): Promise<void> {
  const firstCreated = await mkdir(directory, { recursive: true });
  if (firstCreated === undefined) return;
  const top = dirname(resolve(firstCreated));
  for (let path = resolve(directory); path !== top; path = dirname(path)) await syncDirectory(dirname(path));
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, blocks, bsize } = await statfs(directory);
  // Some file systems do not count.
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}

function openDescriptor(path: string, flags: string | number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.open(path, flags, 0o640, (error, descriptor) => (error ? reject(error) : resolve(descriptor)));
  });
}

/**
 * Flags of a descriptor whose every write is synced. Only where such a write does as much as `fdatasync`: macOS then
 * leaves the bytes in the drive's cache.
 */
const synchronousFlags =
  process.platform === "linux" ? fs.constants.O_WRONLY | fs.constants.O_DSYNC : undefined;

/** Uses descriptors and callbacks: on the commit path a `FileHandle` costs measurably more. */
class NodeFile implements LogFile {
  readonly #path: string;
  readonly #descriptor: number;
  /** For `commitAt`, once that was called. */
  #synchronous: number | undefined;

  constructor(path: string, descriptor: number) {
    this.#path = path;
    this.#descriptor = descriptor;
  }

  async readAt(target: Uint8Array, offset: number): Promise<number> {
    let filled = 0;
    while (filled < target.byteLength) {
      const count = await this.#readSome(target, filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  #readSome(target: Uint8Array, at: number, offset: number): Promise<number> {
    return new Promise((resolve, reject) => {
      fs.read(this.#descriptor, target, at, target.byteLength - at, offset, (error, count) =>
        error ? reject(error) : resolve(count),
      );
    });
  }

  writeAt(bytes: Uint8Array, offset: number): Promise<number> {
    return write(this.#descriptor, bytes, offset);
  }

  /** One trip to the thread pool instead of two, and a third less processor time. */
  async commitAt(bytes: Uint8Array, offset: number): Promise<number> {
    if (synchronousFlags === undefined) {
      const written = await this.writeAt(bytes, offset);
      await this.sync();
      return written;
    }
    this.#synchronous ??= await openDescriptor(this.#path, synchronousFlags);
    return write(this.#synchronous, bytes, offset);
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.fdatasync(this.#descriptor, (error) => (error ? reject(error) : resolve()));
    });
  }

  truncate(size: number): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.ftruncate(this.#descriptor, size, (error) => (error ? reject(error) : resolve()));
    });
  }

  size(): Promise<number> {
    return new Promise((resolve, reject) => {
      fs.fstat(this.#descriptor, (error, stats) => (error ? reject(error) : resolve(stats.size)));
    });
  }

  async close(): Promise<void> {
    if (this.#synchronous !== undefined) await closeDescriptor(this.#synchronous);
    await closeDescriptor(this.#descriptor);
  }
}

function write(descriptor: number, bytes: Uint8Array, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.write(descriptor, bytes, 0, bytes.byteLength, offset, (error, count) =>
      error ? reject(error) : resolve(count),
    );
  });
}

function closeDescriptor(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.close(descriptor, (error) => (error ? reject(error) : resolve()));
  });
}
