import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { FileSystem } from "./files";
import { readUint64, writeUint64 } from "./record";
import { corrupt } from "./segment";
import { readSmallFile, replaceFile } from "./small-file";

/*
 * The file `GAPS`, there once salvage gave records up; little-endian.
 *
 *    0 8B  magic     "SCRPGAP" and a line feed
 *    8 u32 version   1
 *   12 u32 gaps
 *   16     for each: u64 last position before it, u64 last position given up
 *   the last 4 bytes: crc32 of all before
 */
const gapsName = "GAPS";
const magic = Buffer.from("SCRPGAP\n", "latin1");

/** Records behind `after`, up to and including `through`, are known to be lost. */
export interface Gap {
  after: number;
  through: number;
}

export function encodeGaps(gaps: readonly Gap[]): Uint8Array {
  const bytes = new Uint8Array(16 + gaps.length * 16 + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, 1, true);
  view.setUint32(12, gaps.length, true);
  for (const [index, { after, through }] of gaps.entries()) {
    writeUint64(view, 16 + index * 16, after);
    writeUint64(view, 24 + index * 16, through);
  }
  view.setUint32(bytes.byteLength - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

/** @throws {LogError} CORRUPT */
export async function readGaps(files: FileSystem, directory: string): Promise<Gap[]> {
  const path = join(directory, gapsName);
  const bytes = await readSmallFile(files, path);
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer);
  const count = bytes.byteLength < 20 ? 0 : view.getUint32(12, true);
  const intact =
    bytes.byteLength === 20 + count * 16 &&
    magic.equals(bytes.subarray(0, 8)) &&
    view.getUint32(8, true) === 1 &&
    crc32(bytes.subarray(0, -4)) === view.getUint32(bytes.byteLength - 4, true);
  if (!intact) throw corrupt("the list of records that salvage gave up is damaged", path, 0);
  return Array.from({ length: count }, (_, index) => ({
    after: readUint64(view, 16 + index * 16),
    through: readUint64(view, 24 + index * 16),
  }));
}

export async function writeGaps(files: FileSystem, directory: string, gaps: readonly Gap[]): Promise<void> {
  await replaceFile(files, directory, gapsName, encodeGaps(gaps));
}
