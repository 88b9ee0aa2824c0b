import { type Damage, damageAt, damageOf } from "./damage";
import type { LogFile } from "./files";
import { hashContent } from "./hash-content";
import { keyText } from "./record";
import { type Block, blockRevision, type Extent, extend } from "./sealed-block";
import type { SealedIndex } from "./sealed-index";
import { readBlock, readIndex } from "./sealed-segment";
import { trailerBytes } from "./sealed-trailer";
import { asDamage, type SealedSegment } from "./segment";
import { segmentHeaderBytes } from "./segment-header";

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
): Promise<Damage[]> {
  const damages = await verifyBlocks(file, segment);
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
  return damages;
}

async function verifyBlocks(file: LogFile, segment: SealedSegment): Promise<Damage[]> {
  const damages: Damage[] = [];
  let index: SealedIndex;
  try {
    index = await readIndex(file, segment);
  } catch (error) {
    return [damageOf(error)];
  }
  const { path, trailer } = segment;
  const keys = new Map<string, Extent & { firstBlock: number; lastBlock: number }>();
  let offset = segmentHeaderBytes;
  let complete = true;
  for (let number = 0; number < index.blockCount; number += 1) {
    const entry = index.block(number);
    if (entry.offset !== offset) damages.push(damageAt(path, offset, "the index skips bytes"));
    offset = entry.offset + entry.length;
    try {
      const block = await readBlock(file, segment, entry);
      const extent = takeIn(block, number, keys);
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

function takeIn(
  block: Block,
  number: number,
  keys: Map<string, Extent & { firstBlock: number; lastBlock: number }>,
): Extent | undefined {
  let extent: Extent | undefined;
  for (const { key, start, end } of block.runs) {
    const text = keyText(key);
    for (let index = start; index < end; index += 1) {
      const position = block.positions[index] ?? 0;
      const revision = blockRevision(block, index);
      extent = extend(extent, position, revision);
      const known = keys.get(text);
      if (known === undefined) {
        keys.set(text, { ...extend(undefined, position, revision), firstBlock: number, lastBlock: number });
      } else {
        extend(known, position, revision);
        known.lastBlock = number;
      }
    }
  }
  return extent;
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

function describesKeys(
  index: SealedIndex,
  keys: ReadonlyMap<string, Extent & { firstBlock: number; lastBlock: number }>,
): boolean {
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
