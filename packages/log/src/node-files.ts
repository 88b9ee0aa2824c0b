import * as fs from "node:fs";
import { link, mkdir, open, readdir, rename, statfs, unlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { lockDirectory } from "./directory-lock";
import type { FileSystem, LogFile } from "./files";

/** The real disk. */
export const nodeFiles: FileSystem = {
  makeDirectory,
  list: (directory) => readdir(directory),
  open: async (path, access) => new NodeFile(await openDescriptor(path, access === "read" ? "r" : "r+")),
  create: async (path) => new NodeFile(await openDescriptor(path, "wx+")),
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

function openDescriptor(path: string, flags: string): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.open(path, flags, 0o640, (error, descriptor) => (error ? reject(error) : resolve(descriptor)));
  });
}

/** Uses descriptors and callbacks: on the commit path a `FileHandle` costs measurably more. */
class NodeFile implements LogFile {
  readonly #descriptor: number;

  constructor(descriptor: number) {
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
    return new Promise((resolve, reject) => {
      fs.write(this.#descriptor, bytes, 0, bytes.byteLength, offset, (error, count) =>
        error ? reject(error) : resolve(count),
      );
    });
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

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.close(this.#descriptor, (error) => (error ? reject(error) : resolve()));
    });
  }
}
