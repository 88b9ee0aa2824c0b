import { keyText, readUint64, writeUint64 } from "./record";
import type { Extent } from "./sealed-block";
import type { FramePlace } from "./sealed-frame";

/*
 * The index of a sealed segment, before it is framed like a block; little-endian. How many blocks and keys
 * there are says the trailer.
 *
 * Each block, 56 bytes:
 *    0 u64 offset        of its frame in the file
 *    8 u32 length        of the frame
 *   12 u32 raw length
 *   16 u32 crc32         as in the frame
 *   20 u32 records
 *   24 u64 first position, u64 last position, u64 lowest revision, u64 highest revision
 *
 * Each key, 64 bytes, ascending byte by byte:
 *    0 16B key
 *   16 u32 first block   in which records of it are
 *   20 u32 last block    likewise; the blocks between hold nothing else
 *   24 u32 records
 *   28 u32 zero
 *   32 u64 first position, u64 last position, u64 lowest revision, u64 highest revision
 */
const blockEntryBytes = 56;
const keyEntryBytes = 64;

export interface BlockEntry extends FramePlace, Extent {}

export interface KeyEntry extends Extent {
  /** As `keyText` gives it. */
  key: string;
  firstBlock: number;
  lastBlock: number;
}

export function encodeIndex(blocks: readonly BlockEntry[], keys: readonly KeyEntry[]): Uint8Array {
  const bytes = new Uint8Array(blocks.length * blockEntryBytes + keys.length * keyEntryBytes);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const block of blocks) {
    writeUint64(view, at, block.offset);
    view.setUint32(at + 8, block.length, true);
    view.setUint32(at + 12, block.rawLength, true);
    view.setUint32(at + 16, block.crc, true);
    view.setUint32(at + 20, block.records, true);
    writeExtent(view, at + 24, block);
    at += blockEntryBytes;
  }
  for (const entry of keys) {
    bytes.set(Buffer.from(entry.key, "latin1"), at);
    view.setUint32(at + 16, entry.firstBlock, true);
    view.setUint32(at + 20, entry.lastBlock, true);
    view.setUint32(at + 24, entry.records, true);
    writeExtent(view, at + 32, entry);
    at += keyEntryBytes;
  }
  return bytes;
}

function writeExtent(view: DataView, at: number, extent: Extent): void {
  writeUint64(view, at, extent.firstPosition);
  writeUint64(view, at + 8, extent.lastPosition);
  view.setBigUint64(at + 16, extent.revisionMin, true);
  view.setBigUint64(at + 24, extent.revisionMax, true);
}

function readExtent(view: DataView, at: number, records: number): Extent {
  return {
    records,
    firstPosition: readUint64(view, at),
    lastPosition: readUint64(view, at + 8),
    revisionMin: view.getBigUint64(at + 16, true),
    revisionMax: view.getBigUint64(at + 24, true),
  };
}

/** Looks things up in an index as it lies in memory; nothing is unpacked before it is asked for. */
export class SealedIndex {
  readonly blockCount: number;
  readonly keyCount: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #keysAt: number;

  constructor(bytes: Uint8Array, blockCount: number, keyCount: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.blockCount = blockCount;
    this.keyCount = keyCount;
    this.#keysAt = blockCount * blockEntryBytes;
  }

  /** Is the index as long as it must be for so many blocks and keys? */
  get complete(): boolean {
    return this.#bytes.byteLength === this.#keysAt + this.keyCount * keyEntryBytes;
  }

  /** In memory, in bytes. */
  get size(): number {
    return this.#bytes.byteLength;
  }

  /** `index` must be below `blockCount`. */
  block(index: number): BlockEntry {
    const at = index * blockEntryBytes;
    const view = this.#view;
    return {
      offset: readUint64(view, at),
      length: view.getUint32(at + 8, true),
      rawLength: view.getUint32(at + 12, true),
      crc: view.getUint32(at + 16, true),
      ...readExtent(view, at + 24, view.getUint32(at + 20, true)),
    };
  }

  /** Entry number `index`, in the order of the keys; it must be below `keyCount`. */
  keyAt(index: number): KeyEntry {
    const at = this.#keysAt + index * keyEntryBytes;
    const view = this.#view;
    return {
      key: keyText(this.#bytes, at),
      firstBlock: view.getUint32(at + 16, true),
      lastBlock: view.getUint32(at + 20, true),
      ...readExtent(view, at + 32, view.getUint32(at + 24, true)),
    };
  }

  /** Keys of which records are in the block at `offset`. */
  keysInBlockAt(offset: number): Uint8Array[] {
    let block = 0;
    while (block < this.blockCount && this.block(block).offset !== offset) block += 1;
    const keys: Uint8Array[] = [];
    for (let index = 0; index < this.keyCount; index += 1) {
      const { key, firstBlock, lastBlock } = this.keyAt(index);
      if (firstBlock <= block && block <= lastBlock) keys.push(new Uint8Array(Buffer.from(key, "latin1")));
    }
    return keys;
  }

  find(key: Uint8Array): KeyEntry | undefined {
    let low = 0;
    let high = this.keyCount - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const at = this.#keysAt + middle * keyEntryBytes;
      const order = Buffer.compare(this.#bytes.subarray(at, at + 16), key);
      if (order === 0) return this.keyAt(middle);
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}
