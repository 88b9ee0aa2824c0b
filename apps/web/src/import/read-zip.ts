import { crc32 } from "./crc32";
import { ImportError } from "./import-error";
import { entriesMax, fileBytesMax, unpackedBytesMax } from "./limits";

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  /**
   * Unpacks it.
   *
   * @throws {ImportError} ZIP_BROKEN, ZIP_ENCRYPTED, ZIP_UNSUPPORTED, ZIP_TOO_LARGE, TOO_LARGE
   */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** How many bytes may still be unpacked: one for all entries of an archive. */
interface Allowance {
  bytes: number;
}

const endSignature = 0x06054b50;
const endLength = 22;
const commentLengthMax = 0xffff;
const centralSignature = 0x02014b50;
const centralLength = 46;
const localSignature = 0x04034b50;
const localLength = 30;

const encryptedFlag = 1;
const utf8Flag = 1 << 11;
const method = { stored: 0, deflated: 8 } as const;

/**
 * The files in a zip archive, as its directory lists them; their bytes are unpacked when they are read. What it says of sizes is not
 * believed: unpacking ends where too much comes out, of one file or of all together.
 *
 * @throws {ImportError} ZIP_BROKEN, ZIP_TOO_MANY, ZIP_UNSUPPORTED, ZIP_EMPTY
 */
export function readZip(archive: Uint8Array<ArrayBuffer>): readonly ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const { count, offset } = readEnd(view);
  if (count > entriesMax) throw new ImportError("ZIP_TOO_MANY");
  const allowance = { bytes: unpackedBytesMax };
  const entries: ZipEntry[] = [];
  let at = offset;
  for (let index = 0; index < count; index++) {
    const { entry, next } = inBounds(() => readDirectoryEntry(archive, view, at, allowance));
    if (isFile(entry.name)) entries.push(entry);
    at = next;
  }
  if (entries.length === 0) throw new ImportError("ZIP_EMPTY");
  return entries;
}

/** Where the directory is. Its end is at the end of the file, before a comment. */
function readEnd(view: DataView): { count: number; offset: number } {
  const least = Math.max(0, view.byteLength - endLength - commentLengthMax);
  for (let at = view.byteLength - endLength; at >= least; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const [count, offset] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    // Zip64: for archives larger than any that is taken here.
    if (count === 0xffff || offset === 0xffffffff) throw new ImportError("ZIP_UNSUPPORTED");
    return { count, offset };
  }
  throw new ImportError("ZIP_BROKEN");
}

interface Packed {
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly localOffset: number;
}

function readDirectoryEntry(
  archive: Uint8Array<ArrayBuffer>,
  view: DataView,
  at: number,
  allowance: Allowance,
): { entry: ZipEntry; next: number } {
  if (view.getUint32(at, true) !== centralSignature) throw new ImportError("ZIP_BROKEN");
  const packed: Packed = {
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    packedBytes: view.getUint32(at + 20, true),
    localOffset: view.getUint32(at + 42, true),
  };
  const nameLength = view.getUint16(at + 28, true);
  const name = archive.subarray(at + centralLength, at + centralLength + nameLength);
  return {
    entry: {
      name: decodeName(name, packed.flags),
      read: async () =>
        unpack(
          inBounds(() => dataOf(archive, view, packed)),
          packed,
          allowance,
        ),
    },
    next: at + centralLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true),
  };
}

/** Names are in UTF-8 more often than the flag says so; what is not, is shown as Latin letters. */
function decodeName(bytes: Uint8Array, flags: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(flags & utf8Flag ? "utf-8" : "windows-1252").decode(bytes);
  }
}

/** Neither a folder nor what systems add on their own. */
function isFile(name: string): boolean {
  return !/(^|[/\\])(__MACOSX[/\\].*|\.DS_Store|Thumbs\.db|desktop\.ini)$|[/\\]$/i.test(name);
}

function dataOf(archive: Uint8Array<ArrayBuffer>, view: DataView, packed: Packed): Uint8Array<ArrayBuffer> {
  const at = packed.localOffset;
  if (view.getUint32(at, true) !== localSignature) throw new ImportError("ZIP_BROKEN");
  const begin = at + localLength + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const end = begin + packed.packedBytes;
  if (end > archive.byteLength) throw new ImportError("ZIP_BROKEN");
  return archive.subarray(begin, end);
}

async function unpack(
  data: Uint8Array<ArrayBuffer>,
  packed: Packed,
  allowance: Allowance,
): Promise<Uint8Array<ArrayBuffer>> {
  if (packed.flags & encryptedFlag) throw new ImportError("ZIP_ENCRYPTED");
  if (packed.method !== method.stored && packed.method !== method.deflated)
    throw new ImportError("ZIP_UNSUPPORTED");
  const stream = new Blob([data]).stream();
  const unpacked =
    packed.method === method.stored ? stream : stream.pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = await collect(unpacked, allowance);
  if (crc32(bytes) !== packed.checksum) throw new ImportError("ZIP_BROKEN");
  return bytes;
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  allowance: Allowance,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new ImportError("ZIP_BROKEN", { cause });
    });
    if (done) break;
    length += value.byteLength;
    allowance.bytes -= value.byteLength;
    if (length > fileBytesMax || allowance.bytes < 0) {
      await reader.cancel().catch(() => undefined);
      throw new ImportError(allowance.bytes < 0 ? "ZIP_TOO_LARGE" : "TOO_LARGE");
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** @throws {ImportError} ZIP_BROKEN where `read` reaches beyond the archive */
function inBounds<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) throw new ImportError("ZIP_BROKEN", { cause });
    throw cause;
  }
}
