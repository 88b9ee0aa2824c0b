import { keyText } from "./record";
import { type Block, blockRevision, type Extent, extend } from "./sealed-block";

/** By key, as `keyText` gives it: what the index says of it. In the order in which the keys were met. */
export type KeyExtents = Map<string, Extent & { firstBlock: number; lastBlock: number }>;

/**
 * Adds what is in a block to `keys`.
 *
 * @returns what the index says of the block; undefined if it is empty
 */
export function describeBlock(block: Block, number: number, keys: KeyExtents): Extent | undefined {
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
