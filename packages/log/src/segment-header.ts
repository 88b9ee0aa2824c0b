import { crc32 } from "node:zlib";
import { readUint64, writeUint64 } from "./record";

/*
 * The first 64 bytes of a segment, little-endian. Magic, version and CRC stay in place in every format.
 *
 *    0 8B  magic      "SCRPLOG" and a line feed (which a transfer in text mode would spoil)
 *    8 u32 version    1
 *   12 u32 salt       random, the same in all segments of one log; enters each record's CRC
 *   16 u64 base       position of the first record here; also the file's name
 *   24 u64 previous   position of the last record before this segment, 0 in the first
 *   32 u64 created    milliseconds since 1970
 *   40 20B zeros
 *   60 u32 crc32      of bytes [0, 60)
 */
export const segmentHeaderBytes = 64;
export const segmentVersion = 1;

const magic = new Uint8Array([0x53, 0x43, 0x52, 0x50, 0x4c, 0x4f, 0x47, 0x0a]);
const crcAt = 60;

export interface SegmentHeader {
  version: number;
  salt: number;
  base: number;
  previous: number;
  createdMs: number;
}

export function encodeSegmentHeader(header: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(segmentHeaderBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, header.version, true);
  view.setUint32(12, header.salt, true);
  writeUint64(view, 16, header.base);
  writeUint64(view, 24, header.previous);
  writeUint64(view, 32, header.createdMs);
  view.setUint32(crcAt, crc32(bytes.subarray(0, crcAt)), true);
  return bytes;
}

/** @returns undefined if these are not the 64 bytes of an intact header, of whatever version */
export function decodeSegmentHeader(bytes: Uint8Array): SegmentHeader | undefined {
  if (bytes.byteLength < segmentHeaderBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, segmentHeaderBytes);
  if (magic.some((byte, at) => bytes[at] !== byte)) return undefined;
  if (crc32(bytes.subarray(0, crcAt)) !== view.getUint32(crcAt, true)) return undefined;
  return {
    version: view.getUint32(8, true),
    salt: view.getUint32(12, true),
    base: readUint64(view, 16),
    previous: readUint64(view, 24),
    createdMs: readUint64(view, 32),
  };
}

/** File name of the segment whose first record has, or will have, position `base`. */
export function segmentName(base: number): string {
  return `${String(base).padStart(20, "0")}.seg`;
}

/** @returns the base position in a segment's file name; undefined for any other file */
export function segmentBase(name: string): number | undefined {
  if (!/^\d{20}\.seg$/.test(name)) return undefined;
  const base = Number(name.slice(0, 20));
  return Number.isSafeInteger(base) ? base : undefined;
}
