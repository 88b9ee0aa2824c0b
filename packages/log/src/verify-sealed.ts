import { type Damage, damageAt, damageOf } from "./damage";
import type { LogFile } from "./files";
import { type Gap, Holes } from "./gaps";
import { hashContent } from "./hash-content";
import { describeBlock, type KeyExtents } from "./key-extents";
import type { Block, Extent } from "./sealed-block";
import type { BlockEntry, SealedIndex } from "./sealed-index";
import { readBlock, readIndex } from "./sealed-segment";
import { trailerBytes } from "./sealed-trailer";
import { asDamage, type SealedSegment } from "./segment";
import { segmentHeaderBytes } from "./segment-header";

export interface SealedVerdict {
  damages: Damage[];
  /** Positions of which there is no record; with damages, they say little. */
  holes: Gap[];
}

/**
 * Reads a sealed segment from end to end: every checksum, every block, whether the index says what is in the
 * blocks, and the hash over everything.
 *
 * @param onBytes is called with how many bytes more were read
 */
export async function verifySealed(
  file: LogFile,
  segment: SealedSegment,
  onBytes: (bytes: number) => void,
): Promise<SealedVerdict> {
  const { base, lastPosition } = segment;
  const holes = new Holes(base, lastPosition);
  const damages = await verifyBlocks(file, segment, holes);
  const { path, trailer, end } = segment;
  try {
    const hash = await hashContent(file, end - trailerBytes, onBytes);
    if (damages.length === 0 && Buffer.compare(hash, trailer.contentHash) !== 0) {
      damages.push(damageAt(path, 0, "the file's SHA-256 is not the one in its trailer"));
    }
  } catch (error) {
    const damage = damageOf(asDamage(error, path, 0));
    if (damages.length === 0) damages.push(damage);
  }
  return { damages, holes: holes.list() };
}

async function verifyBlocks(file: LogFile, segment: SealedSegment, holes: Holes): Promise<Damage[]> {
  const damages: Damage[] = [];
  let index: SealedIndex;
  try {
    index = await readIndex(file, segment);
  } catch (error) {
    return [damageOf(error)];
  }
  const { path, trailer } = segment;
  const keys: KeyExtents = new Map();
  let offset = segmentHeaderBytes;
  let complete = true;
  for await (const { number, entry, reading } of readAhead(file, segment, index)) {
    if (entry.offset !== offset) damages.push(damageAt(path, offset, "the index skips bytes"));
    offset = entry.offset + entry.length;
    try {
      const block = await reading;
      const extent = describeBlock(block, number, keys);
      for (const position of block.positions) holes.add(position);
      if (!sameExtent(extent, entry)) {
        damages.push(damageAt(path, entry.offset, "the index does not say what is in this block"));
      }
    } catch (error) {
      damages.push(damageOf(error));
      complete = false;
    }
  }
  if (offset !== trailer.indexOffset) damages.push(damageAt(path, offset, "the index skips bytes"));
  if (complete && !describesKeys(index, keys)) {
    damages.push(damageAt(path, trailer.indexOffset, "the index does not say where each key's records are"));
  }
  return damages;
}

interface Reading {
  number: number;
  entry: BlockEntry;
  reading: Promise<Block>;
}

/** All blocks in order: one is read and unpacked, by other threads, while the one before is looked at. */
async function* readAhead(
  file: LogFile,
  segment: SealedSegment,
  index: SealedIndex,
): AsyncGenerator<Reading, void, undefined> {
  const begin = (number: number): Reading => {
    const entry = index.block(number);
    const reading = readBlock(file, segment, entry);
    // It must not reject before somebody looks.
    reading.catch(() => {});
    return { number, entry, reading };
  };
  let next = index.blockCount > 0 ? begin(0) : undefined;
  try {
    while (next !== undefined) {
      const current = next;
      next = current.number + 1 < index.blockCount ? begin(current.number + 1) : undefined;
      yield current;
    }
  } finally {
    // The file is closed after this.
    await next?.reading.catch(() => {});
  }
}

function sameExtent(found: Extent | undefined, said: Extent): boolean {
  return (
    found !== undefined &&
    found.records === said.records &&
    found.firstPosition === said.firstPosition &&
    found.lastPosition === said.lastPosition &&
    found.revisionMin === said.revisionMin &&
    found.revisionMax === said.revisionMax
  );
}

function describesKeys(index: SealedIndex, keys: KeyExtents): boolean {
  if (index.keyCount !== keys.size) return false;
  let before = "";
  for (let number = 0; number < index.keyCount; number += 1) {
    const said = index.keyAt(number);
    const found = keys.get(said.key);
    if (found === undefined || !sameExtent(found, said)) return false;
    if (found.firstBlock !== said.firstBlock || found.lastBlock !== said.lastBlock) return false;
    if (said.key <= before && number > 0) return false;
    before = said.key;
  }
  return true;
}
