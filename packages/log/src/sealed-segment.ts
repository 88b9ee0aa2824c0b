import type { FileSystem, LogFile } from "./files";
import { type Block, decodeBlock } from "./sealed-block";
import { decodeFrame, frameCrc } from "./sealed-frame";
import { type BlockEntry, SealedIndex } from "./sealed-index";
import { decodeTrailer, type SealedTrailer, trailerBytes } from "./sealed-trailer";
import { asDamage, corrupt, readSegmentHeader, type SealedSegment } from "./segment";
import { segmentHeaderBytes } from "./segment-header";

/**
 * Reads header and trailer of a sealed segment, and nothing else.
 *
 * @throws {LogError} CORRUPT if they are not intact or do not belong together; UNSUPPORTED_VERSION
 */
export async function readSealedSegment(
  files: FileSystem,
  path: string,
  base: number,
): Promise<SealedSegment> {
  const file = await files.open(path, "read");
  try {
    return await inspectSealed(file, path, base);
  } finally {
    await file.close();
  }
}

/** The same, of a file that is open. */
export async function inspectSealed(file: LogFile, path: string, base: number): Promise<SealedSegment> {
  const header = await readSegmentHeader(file, path, "sealed");
  if (header === undefined) throw corrupt("the segment header is damaged", path, 0, damagedHint);
  if (header.base !== base) {
    throw corrupt(`the file's name says ${base}, its header ${header.base}`, path, 16, damagedHint);
  }
  const size = await file.size();
  const trailerAt = Math.max(segmentHeaderBytes, size - trailerBytes);
  const bytes = new Uint8Array(trailerBytes);
  const filled = await file.readAt(bytes, trailerAt);
  const trailer = decodeTrailer(bytes.subarray(0, filled));
  if (trailer === undefined) throw corrupt("the segment's trailer is damaged", path, trailerAt, damagedHint);
  const belongs =
    trailer.base === base && trailer.previous === header.previous && trailer.salt === header.salt;
  const indexEnd = trailerAt - trailer.trailersKept * trailerBytes;
  const fits = trailer.indexOffset >= segmentHeaderBytes && trailer.indexOffset < indexEnd;
  if (!belongs || !fits) {
    throw corrupt("the segment's trailer belongs to another file", path, trailerAt, damagedHint);
  }
  const replaced = await readReplaced(file, path, indexEnd, trailer.trailersKept);
  const { lastPosition } = trailer;
  return { kind: "sealed", path, base, header, trailer, end: size, lastPosition, indexEnd, replaced };
}

async function readReplaced(
  file: LogFile,
  path: string,
  offset: number,
  count: number,
): Promise<SealedTrailer[]> {
  const bytes = new Uint8Array(count * trailerBytes);
  if (count > 0) await file.readAt(bytes, offset);
  return Array.from({ length: count }, (_, number) => {
    const at = number * trailerBytes;
    const trailer = decodeTrailer(bytes.subarray(at, at + trailerBytes));
    if (trailer !== undefined) return trailer;
    throw corrupt("a trailer that salvage has kept is damaged", path, offset + at, damagedHint);
  });
}

const damagedHint =
  "Only what this file holds cannot be read. Restore the file from a backup, or save what can be read with salvage";

/** Reads the index. @throws {LogError} CORRUPT */
export async function readIndex(file: LogFile, segment: SealedSegment): Promise<SealedIndex> {
  const { indexOffset, indexRawLength, blocks, keys, salt } = segment.trailer;
  const frame = new Uint8Array(segment.indexEnd - indexOffset);
  const filled = await readAt(file, segment, frame, indexOffset);
  const content = await decodeFrame(frame.subarray(0, filled), salt);
  const index = content && new SealedIndex(content, blocks, keys);
  if (content?.byteLength !== indexRawLength || index?.complete !== true) {
    throw corrupt("the index of the segment is damaged", segment.path, indexOffset, damagedHint);
  }
  return index;
}

function readAt(file: LogFile, { path }: SealedSegment, target: Uint8Array, offset: number): Promise<number> {
  return file.readAt(target, offset).catch((error: unknown) => {
    throw asDamage(error, path, offset);
  });
}

/** Reads and verifies one block. @throws {LogError} CORRUPT */
export async function readBlock(file: LogFile, segment: SealedSegment, entry: BlockEntry): Promise<Block> {
  const { offset, length, crc, records, firstPosition, lastPosition } = entry;
  const frame = new Uint8Array(length);
  const filled = await readAt(file, segment, frame, offset);
  const intact = filled === length && frameCrc(frame) === crc;
  const content = intact ? await decodeFrame(frame, segment.header.salt) : undefined;
  const block = content && decodeBlock(content);
  if (block?.records !== records) {
    const message = `a block with ${records} records, of positions from ${firstPosition} to ${lastPosition}, is damaged`;
    throw corrupt(message, segment.path, offset, damagedHint);
  }
  return block;
}
