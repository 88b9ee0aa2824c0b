/** One open file. Offsets and sizes are in bytes. */
export interface LogFile {
  /** Fills `target` from `offset`; returns how many bytes there were, fewer only at the end of the file. */
  readAt(target: Uint8Array, offset: number): Promise<number>;
  /** Writes some of `bytes`, at least one, at `offset`; returns how many. */
  writeAt(bytes: Uint8Array, offset: number): Promise<number>;
  /**
   * Like `writeAt`, and what was written, and the file's size, would survive a power cut then. Says nothing of earlier
   * writes: these must have been synced.
   */
  commitAt(bytes: Uint8Array, offset: number): Promise<number>;
  /** Resolves once all earlier writes and the file's size would survive a power cut. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** Held until released or the process dies, however it dies. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/** Everything the log needs of a disk. Tests pass one that fails on demand. */
export interface FileSystem {
  /** Creates the directory and its parents, durably, where they are missing. */
  makeDirectory(directory: string): Promise<void>;
  /** Names of the files in the directory, in no particular order. */
  list(directory: string): Promise<string[]>;
  /** Opens an existing file. */
  open(path: string, access: "read" | "write"): Promise<LogFile>;
  /** Creates a file and opens it for reading and writing; rejects with `EEXIST` if there is one. */
  create(path: string): Promise<LogFile>;
  /** Replaces `to` atomically. */
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name; rejects with `EEXIST` if that is taken. Not every file system can. */
  link(existing: string, path: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** How many bytes can still be written to files in the directory, as far as the file system says. */
  freeBytes(directory: string): Promise<number>;
  /** Resolves once files created, renamed and removed in the directory would stay so after a power cut. */
  syncDirectory(directory: string): Promise<void>;
  /** @throws {LogError} LOCKED if someone else holds it. */
  lock(directory: string): Promise<DirectoryLock>;
}

/** Writes all of `bytes`, however many calls that takes. */
export function writeAll(file: LogFile, bytes: Uint8Array, offset: number): Promise<void> {
  return repeat((rest, at) => file.writeAt(rest, at), bytes, offset);
}

/** The same with `commitAt`. */
export function commitAll(file: LogFile, bytes: Uint8Array, offset: number): Promise<void> {
  return repeat((rest, at) => file.commitAt(rest, at), bytes, offset);
}

async function repeat(write: LogFile["writeAt"], bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    written += await write(written === 0 ? bytes : bytes.subarray(written), offset + written);
  }
}
