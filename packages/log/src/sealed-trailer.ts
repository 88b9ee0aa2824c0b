import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { readUint64, writeUint64 } from "./record";

/*
 * The last 208 bytes of a sealed segment, little-endian.
 *
 *    0 u64 base            as in the header
 *    8 u64 previous        as in the header
 *   16 u64 last            position of the last record; `previous` if there is none
 *   24 u64 records
 *   32 u64 source bytes    size of the segment that was sealed
 *   40 u64 lowest revision, u64 highest revision; 0 without records
 *   56 u32 blocks
 *   60 u32 keys
 *   64 u64 index offset    of its frame in the file; it ends where the trailer begins
 *   72 u32 index raw length
 *   76 u32 salt            as in the header
 *   80 u32 flags           bit 0: the segment before could not be read, so the chain begins anew;
 *                          bit 1: a trailer that this one replaced was damaged
 *   84 u32 kept            how many trailers that this one replaced lie between index and trailer
 *   88 8B  zeros
 *   96 32B content         SHA-256 of the file up to the trailer
 *  128 32B previous chain  `chain` of the sealed segment before; zeros where a chain begins
 *  160 32B chain           SHA-256 of bytes [0, 160) of the trailer
 *  192 u32 version         1
 *  196 u32 crc32           of bytes [0, 196)
 *  200 8B  magic           "SCRPEND" and a line feed
 *
 * Salvage writes a sealed segment anew, so its hashes change, and the segments behind it, which stay as they
 * are, name the old chain. So it keeps the old trailers, the oldest first: whoever follows the chain backwards
 * finds the one that is named, and goes on with what that names.
 */
export const trailerBytes = 208;
export const hashBytes = 32;

const trailerVersion = 1;
const chainAt = 160;
const crcAt = 196;
const magicAt = 200;
const magic = Buffer.from("SCRPEND\n", "latin1");

export interface SealedTrailer {
  base: number;
  previous: number;
  lastPosition: number;
  records: number;
  sourceBytes: number;
  revisionMin: bigint;
  revisionMax: bigint;
  blocks: number;
  keys: number;
  indexOffset: number;
  indexRawLength: number;
  salt: number;
  /** The chain begins anew, because the segment before could not be read. */
  chainBroken: boolean;
  /** A trailer that this one replaced was damaged: the chain cannot be followed over this segment. */
  trailerLost: boolean;
  /** How many of them were not. */
  trailersKept: number;
  contentHash: Uint8Array;
  previousChain: Uint8Array;
  chain: Uint8Array;
}

export function encodeTrailer(trailer: Omit<SealedTrailer, "chain">): Uint8Array {
  const bytes = new Uint8Array(trailerBytes);
  const view = new DataView(bytes.buffer);
  writeUint64(view, 0, trailer.base);
  writeUint64(view, 8, trailer.previous);
  writeUint64(view, 16, trailer.lastPosition);
  writeUint64(view, 24, trailer.records);
  writeUint64(view, 32, trailer.sourceBytes);
  view.setBigUint64(40, trailer.revisionMin, true);
  view.setBigUint64(48, trailer.revisionMax, true);
  view.setUint32(56, trailer.blocks, true);
  view.setUint32(60, trailer.keys, true);
  writeUint64(view, 64, trailer.indexOffset);
  view.setUint32(72, trailer.indexRawLength, true);
  view.setUint32(76, trailer.salt, true);
  view.setUint32(80, (trailer.chainBroken ? 1 : 0) + (trailer.trailerLost ? 2 : 0), true);
  view.setUint32(84, trailer.trailersKept, true);
  bytes.set(trailer.contentHash, 96);
  bytes.set(trailer.previousChain, 128);
  bytes.set(chainOf(bytes), chainAt);
  view.setUint32(192, trailerVersion, true);
  view.setUint32(crcAt, crc32(bytes.subarray(0, crcAt)), true);
  bytes.set(magic, magicAt);
  return bytes;
}

function chainOf(trailer: Uint8Array): Uint8Array {
  return createHash("sha256").update(trailer.subarray(0, chainAt)).digest();
}

/** @returns undefined if these are not the bytes of an intact trailer of this version */
export function decodeTrailer(bytes: Uint8Array): SealedTrailer | undefined {
  if (bytes.byteLength !== trailerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, trailerBytes);
  if (!magic.equals(bytes.subarray(magicAt)) || view.getUint32(192, true) !== trailerVersion)
    return undefined;
  if (crc32(bytes.subarray(0, crcAt)) !== view.getUint32(crcAt, true)) return undefined;
  const chain = bytes.slice(chainAt, chainAt + hashBytes);
  if (Buffer.compare(chain, chainOf(bytes)) !== 0) return undefined;
  return {
    base: readUint64(view, 0),
    previous: readUint64(view, 8),
    lastPosition: readUint64(view, 16),
    records: readUint64(view, 24),
    sourceBytes: readUint64(view, 32),
    revisionMin: view.getBigUint64(40, true),
    revisionMax: view.getBigUint64(48, true),
    blocks: view.getUint32(56, true),
    keys: view.getUint32(60, true),
    indexOffset: readUint64(view, 64),
    indexRawLength: view.getUint32(72, true),
    salt: view.getUint32(76, true),
    chainBroken: (view.getUint32(80, true) & 1) !== 0,
    trailerLost: (view.getUint32(80, true) & 2) !== 0,
    trailersKept: view.getUint32(84, true),
    contentHash: bytes.slice(96, 128),
    previousChain: bytes.slice(128, 160),
    chain,
  };
}
