import { crc32 } from "node:zlib";
import { readUint64, writeUint64 } from "./record";

/*
 * The first 64 bytes of a segment, little-endian. Magic, version and CRC stay in place in every format.
 *
 *    0 8B  magic      "SCRPLOG", in a sealed segment "SCRPSEA", and a line feed (which a transfer in text
 *                     mode would spoil)
 *    8 u32 version    1; in a sealed segment that salvage rewrote, 2
 *   12 u32 salt       random, the same in all segments of one log; enters each record's CRC
 *   16 u64 base       position of the first record here; also the file's name
 *   24 u64 previous   position of the last record before this segment, 0 in the first
 *   32 u64 created    milliseconds since 1970
 *   40 u64 revision   highest of all records before this segment; 0 if none, or not known
 *   48 12B zeros
 *   60 u32 crc32      of bytes [0, 60)
 */
export const segmentHeaderBytes = 64;
export const segmentVersion = 1;
/** Of a sealed segment that salvage rewrote: see `sealed-trailer.ts`. */
export const salvagedVersion = 2;

/** A `plain` segment is in the order of arrival; a `sealed` one was rewritten by key. */
export type SegmentKind = "plain" | "sealed";

const magics = {
  plain: Buffer.from("SCRPLOG\n", "latin1"),
  sealed: Buffer.from("SCRPSEA\n", "latin1"),
};
const extensions = { plain: "seg", sealed: "sealed" };
const crcAt = 60;

export interface SegmentHeader {
  version: number;
  salt: number;
  base: number;
  previous: number;
  createdMs: number;
  /** Highest revision of all records before this segment, dropped or damaged ones included. */
  newestRevision: bigint;
}

export function encodeSegmentHeader(header: SegmentHeader, kind: SegmentKind = "plain"): Uint8Array {
  const bytes = new Uint8Array(segmentHeaderBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(magics[kind]);
  view.setUint32(8, header.version, true);
  view.setUint32(12, header.salt, true);
  writeUint64(view, 16, header.base);
  writeUint64(view, 24, header.previous);
  writeUint64(view, 32, header.createdMs);
  view.setBigUint64(40, header.newestRevision, true);
  view.setUint32(crcAt, crc32(bytes.subarray(0, crcAt)), true);
  return bytes;
}

/** @returns undefined if these are not the 64 bytes of an intact header, of whatever version */
export function decodeSegmentHeader(
  bytes: Uint8Array,
  kind: SegmentKind = "plain",
): SegmentHeader | undefined {
  if (bytes.byteLength < segmentHeaderBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, segmentHeaderBytes);
  if (!magics[kind].equals(bytes.subarray(0, 8))) return undefined;
  if (crc32(bytes.subarray(0, crcAt)) !== view.getUint32(crcAt, true)) return undefined;
  return {
    version: view.getUint32(8, true),
    salt: view.getUint32(12, true),
    base: readUint64(view, 16),
    previous: readUint64(view, 24),
    createdMs: readUint64(view, 32),
    newestRevision: view.getBigUint64(40, true),
  };
}

/** File name of the segment whose first record has, or will have, position `base`. */
export function segmentName(base: number, kind: SegmentKind = "plain"): string {
  return `${String(base).padStart(20, "0")}.${extensions[kind]}`;
}

/** @returns what a segment's file name says; undefined for any other file */
export function parseSegmentName(name: string): { base: number; kind: SegmentKind } | undefined {
  const [, digits, extension] = /^(\d{20})\.(seg|sealed)$/.exec(name) ?? [];
  const base = Number(digits);
  if (!Number.isSafeInteger(base)) return undefined;
  return { base, kind: extension === "sealed" ? "sealed" : "plain" };
}
