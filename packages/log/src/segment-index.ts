import { recordKeyText, recordLength, recordPosition } from "./record";
import type { RecordChunk } from "./segment-scan";

const blockBytes = 64 * 1024;

/** A stretch of a segment that begins with a record. */
export interface IndexedRange {
  /** Where its first record starts. */
  offset: number;
  /** Records that start before this offset belong to the range; the last one may end beyond it. */
  end: number;
  /** Position of the first record. */
  position: number;
}

/**
 * Finds the records of a key, or a position, in one segment without reading all of it. It knows blocks of
 * 64 KiB, not records: a document being typed in costs a few bytes per block, however many keystrokes.
 */
export class SegmentIndex {
  /**
   * By block number: offset and position of the first record that starts in it, or, where none does because
   * a large one covers it, of the next that starts behind it.
   */
  readonly #offsets: number[] = [];
  readonly #positions: number[] = [];
  /** By key: the blocks, ascending, in which records of it start. */
  readonly #blocksByKey = new Map<string, number[]>();

  /** Takes in the records of `chunk`, which follow all that were added before. */
  add(chunk: RecordChunk): void {
    let lastKey: string | undefined;
    let lastBlock = -1;
    for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
      const block = Math.floor((chunk.offset + at) / blockBytes);
      const key = recordKeyText(chunk, at);
      if (key === lastKey && block === lastBlock) continue;
      if (this.#offsets.length <= block)
        this.#startBlock(block, chunk.offset + at, recordPosition(chunk, at));
      this.#addKey(key, block);
      lastKey = key;
      lastBlock = block;
    }
  }

  #startBlock(block: number, offset: number, position: number): void {
    while (this.#offsets.length <= block) {
      this.#offsets.push(offset);
      this.#positions.push(position);
    }
  }

  #addKey(key: string, block: number): void {
    const blocks = this.#blocksByKey.get(key);
    if (blocks === undefined) this.#blocksByKey.set(key, [block]);
    else if (blocks.at(-1) !== block) blocks.push(block);
  }

  /** @returns the ranges that hold all records after position `after`, each of at most `blocksMax` blocks */
  ranges(after: number, blocksMax = Number.POSITIVE_INFINITY): IndexedRange[] {
    const first = this.#blockHolding(after + 1);
    if (first === undefined) return [];
    if (blocksMax === Number.POSITIVE_INFINITY) return [this.#range(first, blocksMax)];
    const ranges: IndexedRange[] = [];
    for (let block = first; block < this.#offsets.length; block += blocksMax) {
      ranges.push(this.#range(block, (block + blocksMax) * blockBytes));
    }
    return ranges;
  }

  /**
   * @returns the ranges that hold all records of `key` after position `after`, in order, neighbours joined up
   *   to `blocksMax` blocks
   */
  rangesOf(key: string, after: number, blocksMax = Number.POSITIVE_INFINITY): IndexedRange[] {
    const first = this.#blockHolding(after + 1) ?? 0;
    const ranges: IndexedRange[] = [];
    let joined = 0;
    for (const block of this.#blocksByKey.get(key) ?? []) {
      if (block < first) continue;
      const last = ranges.at(-1);
      if (last !== undefined && last.end === block * blockBytes && joined < blocksMax) {
        last.end += blockBytes;
        joined += 1;
      } else {
        ranges.push(this.#range(block, (block + 1) * blockBytes));
        joined = 1;
      }
    }
    return ranges;
  }

  #range(block: number, end: number): IndexedRange {
    return { offset: this.#offsets[block] ?? 0, end, position: this.#positions[block] ?? 0 };
  }

  /** The last block that begins with a record not above `position`; the first block if all are above. */
  #blockHolding(position: number): number | undefined {
    let low = 0;
    let high = this.#positions.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#positions[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return this.#positions.length === 0 ? undefined : low;
  }
}
