import {
  checkRecord,
  looksLikeRecord,
  type RecordBytes,
  recordCommitFirst,
  recordHeaderBytes,
  recordPosition,
} from "./record";
import { segmentHeaderBytes } from "./segment-header";

/** The end of the last segment, from its first bad record on. */
export interface Tail extends RecordBytes {
  /** Offset of `bytes[0]`, the bad record, in the segment. */
  readonly offset: number;
  /** Position of the last good record before it. */
  readonly lastPosition: number;
  /** First position of that record's commit. */
  readonly lastCommitFirst: number;
  readonly salt: number;
}

/** `torn`: a write that a crash cut short, never acknowledged. `damaged`: anything else. */
export type TailVerdict = { kind: "torn"; reason: string } | { kind: "damaged"; reason: string };

interface Survivor {
  at: number;
  position: number;
  commitFirst: number;
}

const sectorBytes = 512;

/** Spares the checksum of most bytes that are no record. */
const distanceMax = 2 ** 32;

/** How many bytes of checksums the search for survivors may cost: some seconds. */
const searchBytesMax = 8 * 1024 ** 3;

/**
 * Decides what a bad record in the last segment is.
 *
 * With nothing valid behind it, it is the write that the crash interrupted. With valid records behind it, it
 * is damage, unless they all belong to the bad record's own commit and a hole of zeros shows that the disk
 * had persisted later sectors of that one unfinished write before earlier ones.
 */
export function judgeTail(tail: Tail): TailVerdict {
  const survivors = findSurvivors(tail);
  if (survivors === undefined) {
    return { kind: "damaged", reason: "too many candidates to rule out that good records follow" };
  }
  const first = survivors[0];
  if (first === undefined) return { kind: "torn", reason: "incomplete record" };
  const follows = `record ${first.position} at byte ${tail.offset + first.at} behind it is intact`;
  if (survivors.some(({ commitFirst }) => commitFirst !== first.commitFirst) || !sharesCommit(tail, first)) {
    return { kind: "damaged", reason: follows };
  }
  if (!hasHole(tail, first.at))
    return { kind: "damaged", reason: `${follows}, and no part of it is unwritten` };
  return { kind: "torn", reason: "incomplete commit" };
}

/** Does the bad record belong to the survivor's commit? Positions are dense within a segment. */
function sharesCommit(tail: Tail, survivor: Survivor): boolean {
  if (survivor.commitFirst === tail.lastPosition + 1) return true;
  if (survivor.commitFirst > tail.lastPosition) return false;
  // The commit began before the bad record: in this segment, where its records say so, or in the one before,
  // which may have been sealed since, and does not say any more.
  return tail.offset === segmentHeaderBytes || survivor.commitFirst === tail.lastCommitFirst;
}

/** Is a whole sector unwritten, or what belongs to the tail of the sector in which it begins? */
function hasHole({ bytes, offset }: Tail, end: number): boolean {
  const boundary = (sectorBytes - (offset % sectorBytes)) % sectorBytes;
  if (boundary > 0 && boundary <= end && isZero(bytes, 0, boundary)) return true;
  for (let at = boundary; at + sectorBytes <= end; at += sectorBytes) {
    if (isZero(bytes, at, at + sectorBytes)) return true;
  }
  return false;
}

/** Are all of these bytes zero? */
export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] !== 0) return false;
  return true;
}

/**
 * Looks for intact records at every byte offset; one at the very start is intact, but out of order.
 *
 * @returns them in order; undefined if bytes crafted to look like headers made the search too long
 */
function findSurvivors(tail: Tail): Survivor[] | undefined {
  const survivors: Survivor[] = [];
  const end = tail.bytes.byteLength;
  let budget = searchBytesMax;
  for (let at = 0; at + recordHeaderBytes <= end; at += 1) {
    if (!isPlausible(tail, at, end)) continue;
    const verdict = checkRecord(tail, at, end, tail.salt);
    if (verdict > 0) {
      survivors.push({ at, position: recordPosition(tail, at), commitFirst: recordCommitFirst(tail, at) });
      at += verdict - 1;
      continue;
    }
    budget -= tail.view.getUint32(at, true);
    if (budget < 0) return undefined;
  }
  return survivors;
}

/** Only positions to come count: a disk may show old blocks, with records that have long been copied on. */
function isPlausible(tail: Tail, at: number, end: number): boolean {
  if (!looksLikeRecord(tail, at, end)) return false;
  const distance = recordPosition(tail, at) - tail.lastPosition;
  return distance >= 1 && distance <= distanceMax;
}
