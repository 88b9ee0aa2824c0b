import type { LogFile } from "./files";
import { readReadable } from "./read-readable";
import { keyText } from "./record";
import { type Block, decodeBlock } from "./sealed-block";
import { decodeFrame, frameHeaderBytes, frameLength, isIntactFrame } from "./sealed-frame";
import { decodeTrailer, type SealedTrailer, trailerBytes } from "./sealed-trailer";
import { decodeSegmentHeader, type SegmentHeader, segmentHeaderBytes } from "./segment-header";
import { addLost, type LostBytes } from "./survivors";

/** A block that can be read, and its frame as it lies in the file. */
export interface IntactBlock {
  frame: Uint8Array;
  block: Block;
}

/** A trailer, and its bytes as they lie in the file. */
export interface IntactTrailer {
  trailer: SealedTrailer;
  bytes: Uint8Array;
}

/** What can still be read of a sealed segment. */
export interface SealedSurvivors {
  header: SegmentHeader | undefined;
  blocks: IntactBlock[];
  trailer: IntactTrailer | undefined;
  /** Those that it replaced, the oldest first. */
  replaced: IntactTrailer[];
  /** Is the trailer damaged, or was, or is, one that it replaced? */
  trailerLost: boolean;
  lost: LostBytes[];
}

/** Which segment the file must be of; what does not fit is no part of it, however intact. */
export interface SealedPlace {
  base: number;
  salt: number;
  /** No record has a higher position. */
  through: number;
}

/**
 * Finds every intact block of a damaged sealed segment, at whatever byte; the index is not needed for that. Holds
 * the whole file in memory, and its blocks decompressed.
 */
export async function findSealedSurvivors(file: LogFile, place: SealedPlace): Promise<SealedSurvivors> {
  const bytes = new Uint8Array(await file.size());
  await readReadable(file, bytes);
  const found = decodeSegmentHeader(bytes.subarray(0, segmentHeaderBytes), "sealed");
  const header = found?.base === place.base && found.salt === place.salt ? found : undefined;
  const lost: LostBytes[] = [];
  if (header === undefined) addLost(lost, 0, Math.min(segmentHeaderBytes, bytes.byteLength));
  const { trailer, replaced, indexEnd, complete } = findTrailers(bytes, place, lost);
  const { indexOffset = indexEnd, lastPosition: through = place.through } = trailer?.trailer ?? {};
  const blocks = await findBlocks(bytes.subarray(0, indexOffset), { ...place, through }, lost);
  const index = bytes.subarray(indexOffset, indexEnd);
  if (trailer !== undefined && !isIntactFrame(index, place.salt))
    addLost(lost, indexOffset, index.byteLength);
  lost.sort((a, b) => a.offset - b.offset);
  return { header, blocks, trailer, replaced, trailerLost: !complete, lost };
}

interface FoundTrailers {
  trailer: IntactTrailer | undefined;
  replaced: IntactTrailer[];
  /** What lies before is blocks and index. */
  indexEnd: number;
  /** None is missing. */
  complete: boolean;
}

function findTrailers(bytes: Uint8Array, place: SealedPlace, lost: LostBytes[]): FoundTrailers {
  const trailerAt = bytes.byteLength - trailerBytes;
  const last = trailerOf(bytes, trailerAt, place);
  const trailer = last && describesFile(last.trailer, trailerAt) ? last : undefined;
  const replaced: IntactTrailer[] = [];
  let indexEnd = trailerAt;
  if (trailer === undefined) {
    for (let each = trailerOf(bytes, indexEnd - trailerBytes, place); each !== undefined; ) {
      replaced.unshift(each);
      indexEnd -= trailerBytes;
      each = trailerOf(bytes, indexEnd - trailerBytes, place);
    }
    if (replaced.length === 0) return { trailer, replaced, indexEnd: bytes.byteLength, complete: false };
    addLost(lost, trailerAt, trailerBytes);
    return { trailer, replaced, indexEnd, complete: false };
  }
  for (let count = trailer.trailer.trailersKept; count > 0; count -= 1) {
    indexEnd -= trailerBytes;
    const each = trailerOf(bytes, indexEnd, place);
    if (each === undefined) addLost(lost, indexEnd, trailerBytes);
    else replaced.unshift(each);
  }
  const complete = replaced.length === trailer.trailer.trailersKept && !trailer.trailer.trailerLost;
  return { trailer, replaced, indexEnd, complete };
}

/** Or does it lie at the end of another file than its own? */
function describesFile({ indexOffset, trailersKept }: SealedTrailer, trailerAt: number): boolean {
  return indexOffset >= segmentHeaderBytes && indexOffset < trailerAt - trailersKept * trailerBytes;
}

function trailerOf(bytes: Uint8Array, at: number, { base, salt }: SealedPlace): IntactTrailer | undefined {
  if (at < segmentHeaderBytes) return undefined;
  const own = bytes.subarray(at, at + trailerBytes);
  const trailer = decodeTrailer(own);
  return trailer?.base === base && trailer.salt === salt ? { trailer, bytes: own } : undefined;
}

async function findBlocks(bytes: Uint8Array, place: SealedPlace, lost: LostBytes[]): Promise<IntactBlock[]> {
  const blocks: IntactBlock[] = [];
  let last: Place | undefined;
  for (let at = segmentHeaderBytes; at < bytes.byteLength; ) {
    const frame = frameAt(bytes, at, place.salt);
    if (frame === undefined) {
      addLost(lost, at, 1);
      at += 1;
      continue;
    }
    const content = await decodeFrame(frame, place.salt);
    const block = content && decodeBlock(content);
    // An intact frame without a block is an index.
    if (block !== undefined && block.records > 0) {
      const end = lastIfInOrder(block, last, place);
      if (end === undefined) addLost(lost, at, frame.byteLength);
      else {
        blocks.push({ frame, block });
        last = end;
      }
    }
    at += frame.byteLength;
  }
  return blocks;
}

/** The intact frame that begins here, if one does. */
function frameAt(bytes: Uint8Array, at: number, salt: number): Uint8Array | undefined {
  // The version, and the zeros behind it, spare the checksum of most bytes that are no frame.
  if (bytes[at + 8] !== 1 || bytes[at + 9] !== 0 || bytes[at + 10] !== 0 || bytes[at + 11] !== 0)
    return undefined;
  const length = frameLength(bytes.subarray(at, at + frameHeaderBytes));
  if (length === undefined || at + length > bytes.byteLength) return undefined;
  const frame = bytes.subarray(at, at + length);
  return isIntactFrame(frame, salt) ? frame : undefined;
}

/** Where a record stands in a sealed segment. */
interface Place {
  key: string;
  position: number;
}

/** @returns the place of a block's last record, unless the block is not of this place: a disk may show old ones */
function lastIfInOrder(
  block: Block,
  before: Place | undefined,
  { base, through }: SealedPlace,
): Place | undefined {
  let last = before;
  for (const { key, start, end } of block.runs) {
    const text = keyText(key);
    for (let index = start; index < end; index += 1) {
      const position = block.positions[index] ?? 0;
      const ascends =
        last === undefined || text > last.key || (text === last.key && position > last.position);
      if (!ascends || position < base || position > through) return undefined;
      last = { key: text, position };
    }
  }
  return last;
}
