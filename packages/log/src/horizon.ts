import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { FileSystem } from "./files";
import { readUint64, writeUint64 } from "./record";
import { hashBytes } from "./sealed-trailer";
import { corrupt, unsupportedVersion } from "./segment";
import { readSmallFile, replaceFile } from "./small-file";

/*
 * The file `HORIZON`, there once segments were dropped; 64 bytes, little-endian.
 *
 *    0 8B  magic     "SCRPHOR" and a line feed
 *    8 u32 version   1
 *   12 u32 zero
 *   16 u64 position  of the last record dropped
 *   24 32B chain     of the last sealed segment dropped; zeros if that could not be read
 *   56 u32 zero
 *   60 u32 crc32     of bytes [0, 60)
 */
export const horizonName = "HORIZON";
const horizonBytes = 64;
const magic = Buffer.from("SCRPHOR\n", "latin1");
const crcAt = 60;

/** Where the log begins since older segments were dropped. */
export interface Horizon {
  /** Of the last record dropped; 0 if none ever was. */
  position: number;
  /** Hash that the chain of the segments that are left goes on from. */
  chain: Uint8Array;
}

const noHorizon: Horizon = { position: 0, chain: new Uint8Array(hashBytes) };

function encodeHorizon({ position, chain }: Horizon): Uint8Array {
  const bytes = new Uint8Array(horizonBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, 1, true);
  writeUint64(view, 16, position);
  bytes.set(chain, 24);
  view.setUint32(crcAt, crc32(bytes.subarray(0, crcAt)), true);
  return bytes;
}

/** @throws {LogError} CORRUPT, UNSUPPORTED_VERSION */
export async function readHorizon(files: FileSystem, directory: string): Promise<Horizon> {
  const path = join(directory, horizonName);
  const read = await readSmallFile(files, path);
  if (read === undefined) return noHorizon;
  const bytes = new Uint8Array(horizonBytes);
  bytes.set(read.subarray(0, horizonBytes));
  const view = new DataView(bytes.buffer);
  const intact =
    magic.equals(bytes.subarray(0, 8)) && crc32(bytes.subarray(0, crcAt)) === view.getUint32(crcAt, true);
  if (!intact) throw corrupt("the file that says where the log begins is damaged", path, 0);
  if (view.getUint32(8, true) !== 1) throw unsupportedVersion(path, 8, view.getUint32(8, true));
  return { position: readUint64(view, 16), chain: bytes.slice(24, 24 + hashBytes) };
}

/** Replaces the file, durably, in one step. */
export async function writeHorizon(files: FileSystem, directory: string, horizon: Horizon): Promise<void> {
  await replaceFile(files, directory, horizonName, [encodeHorizon(horizon)]);
}
