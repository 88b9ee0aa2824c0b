import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { Refusal } from "./refusal";

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  /** When it was changed, in milliseconds since 1970, in this machine's zone: archives do not name theirs. */
  readonly modifiedMs: number;
  /**
   * Unpacks it, unless more than so many bytes come out.
   *
   * @throws {Refusal}
   */
  read(bytesMax: number): Promise<Uint8Array>;
}

const endSignature = 0x06054b50;
const endBytes = 22;
const commentBytesMax = 0xffff;
const centralSignature = 0x02014b50;
const centralBytes = 46;
const localSignature = 0x04034b50;
const localBytes = 30;
/** Half a million names of a usual length. */
const directoryBytesMax = 64 * 1024 * 1024;

const encryptedFlag = 1;
const utf8Flag = 1 << 11;
const method = { stored: 0, deflated: 8 } as const;

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/**
 * A zip archive that is read as its files are asked for. What it says of sizes is not believed: unpacking ends where too much
 * comes out.
 */
export class Zip {
  readonly entries: readonly ZipEntry[];
  readonly #file: FileHandle;

  private constructor(file: FileHandle, entries: readonly ZipEntry[]) {
    this.#file = file;
    this.entries = entries;
  }

  /** @throws {Refusal} this is no archive, or one that cannot be read */
  static async open(path: string): Promise<Zip> {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      return new Zip(file, await readDirectory(file, size));
    } catch (error) {
      await file.close();
      throw error instanceof RangeError ? broken(error) : error;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function readDirectory(file: FileHandle, size: number): Promise<ZipEntry[]> {
  const tail = await readAt(file, Math.max(0, size - endBytes - commentBytesMax), endBytes + commentBytesMax);
  const at = findEnd(tail);
  const count = tail.readUInt16LE(at + 10);
  const bytes = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count === 0xffff || offset === 0xffffffff)
    throw new Refusal("is a zip archive of a kind for huge ones");
  if (bytes > directoryBytesMax || offset + bytes > size) throw broken();
  const directory = await readAt(file, offset, bytes);
  const entries: ZipEntry[] = [];
  let next = 0;
  for (let index = 0; index < count; index++) {
    if (directory.readUInt32LE(next) !== centralSignature) throw broken();
    const begin = next + centralBytes;
    const nameBytes = directory.readUInt16LE(next + 28);
    const flags = directory.readUInt16LE(next + 8);
    const name = decodeName(directory.subarray(begin, begin + nameBytes), flags);
    const packed: Packed = {
      flags,
      method: directory.readUInt16LE(next + 10),
      checksum: directory.readUInt32LE(next + 16),
      bytes: directory.readUInt32LE(next + 20),
      offset: directory.readUInt32LE(next + 42),
    };
    const modifiedMs = timeOf(directory.readUInt16LE(next + 14), directory.readUInt16LE(next + 12));
    if (!/[/\\]$/.test(name)) {
      entries.push({ name, modifiedMs, read: (bytesMax) => unpack(file, packed, bytesMax) });
    }
    next = begin + nameBytes + directory.readUInt16LE(next + 30) + directory.readUInt16LE(next + 32);
  }
  return entries;
}

/** Where the directory's end is: at the end of the file, before a comment. */
function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endSignature) return at;
  }
  throw broken();
}

interface Packed {
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly bytes: number;
  /** Of the header before it. */
  readonly offset: number;
}

async function unpack(file: FileHandle, packed: Packed, bytesMax: number): Promise<Uint8Array> {
  if (packed.flags & encryptedFlag) throw new Refusal("is encrypted in its archive");
  if (packed.method !== method.stored && packed.method !== method.deflated) {
    throw new Refusal("is compressed in a way that is not known");
  }
  // What does not shrink is not compressed: so much packed holds too much, too.
  if (packed.bytes > bytesMax + 1024) throw tooLarge(bytesMax);
  const header = await readAt(file, packed.offset, localBytes);
  if (header.length < localBytes || header.readUInt32LE(0) !== localSignature) throw broken();
  const begin = packed.offset + localBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const data = await readAt(file, begin, packed.bytes);
  if (data.length < packed.bytes) throw broken();
  const bytes = packed.method === method.stored ? data : await inflateUpTo(data, bytesMax);
  if (bytes.length > bytesMax) throw tooLarge(bytesMax);
  if (crc32(bytes) !== packed.checksum) throw broken();
  return bytes;
}

async function inflateUpTo(data: Uint8Array, bytesMax: number): Promise<Uint8Array> {
  try {
    return await inflate(data, { maxOutputLength: Math.max(1, bytesMax) });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE")
      throw tooLarge(bytesMax);
    throw broken(error);
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const memory = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(memory, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return memory.subarray(0, read);
}

/** Names are in UTF-8 more often than the flag says so; what is not, is shown as Latin letters. */
function decodeName(bytes: Uint8Array, flags: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(flags & utf8Flag ? "utf-8" : "windows-1252").decode(bytes);
  }
}

/** What MS-DOS kept in two numbers, to two seconds. */
function timeOf(date: number, time: number): number {
  const [year, month, day] = [1980 + (date >> 9), (date >> 5) & 15, date & 31];
  return new Date(
    year,
    Math.max(0, month - 1),
    Math.max(1, day),
    time >> 11,
    (time >> 5) & 63,
    2 * (time & 31),
  ).getTime();
}

function broken(cause?: unknown): Refusal {
  return new Refusal("is damaged, or no zip archive", { cause });
}

function tooLarge(bytesMax: number): Refusal {
  return new Refusal(`unpacks to more than ${bytesMax} bytes`);
}
