import { LogError } from "./errors";
import type { LogFile } from "./files";
import { isWanted, type ReadRange } from "./read-range";
import { keyText, type LogRecord } from "./record";
import { type Block, blockRecord, type Run } from "./sealed-block";
import type { BlockEntry, SealedIndex } from "./sealed-index";
import { readBlock } from "./sealed-segment";
import type { SealedSegment } from "./segment";

/** So many that a batch is gone before it is old: larger ones cost the garbage collector more than they spare. */
export const batchRecords = 1024;

/** A sealed segment whose file is open, with its index. */
export interface OpenSealed {
  file: LogFile;
  segment: SealedSegment;
  index: SealedIndex;
}

/**
 * Yields the records of one key, in order, a batch per block; one more block is being read meanwhile.
 *
 * @throws {LogError} CORRUPT, if the range has no `onDamage`
 */
export async function* readSealedKey(
  open: OpenSealed,
  key: Uint8Array,
  range: ReadRange,
): AsyncGenerator<LogRecord[], void, undefined> {
  const entry = open.index.find(key);
  if (entry === undefined || !overlaps(entry, range)) return;
  const blocks: BlockEntry[] = [];
  for (let number = entry.firstBlock; number <= entry.lastBlock; number += 1) {
    const block = open.index.block(number);
    if (overlaps(block, range)) blocks.push(block);
  }
  if (range.reverse) blocks.reverse();
  const text = keyText(key);
  for await (const block of readBlocks(open, blocks, range)) {
    const run = block.runs.find((candidate) => keyText(candidate.key) === text);
    const batch = run === undefined ? [] : takeRun(block, run, range);
    if (batch.length > 0) yield batch;
  }
}

function overlaps(
  { firstPosition, lastPosition, revisionMax }: BlockEntry | ReturnType<SealedIndex["keyAt"]>,
  { after, through, sinceRevision }: ReadRange,
): boolean {
  return (
    lastPosition > after &&
    firstPosition <= through &&
    (sinceRevision === undefined || revisionMax >= sinceRevision)
  );
}

function takeRun(block: Block, { key, start, end }: Run, range: ReadRange): LogRecord[] {
  const batch: LogRecord[] = [];
  const own = key.slice();
  for (let index = start; index < end; index += 1) {
    const record = blockRecord(block, index, own);
    if (isWanted(record, range)) batch.push(record);
  }
  return range.reverse ? batch.reverse() : batch;
}

async function* readBlocks(
  { file, segment, index }: OpenSealed,
  entries: readonly BlockEntry[],
  { onDamage }: ReadRange,
): AsyncGenerator<Block, void, undefined> {
  const load = (entry: BlockEntry | undefined): Promise<Block | LogError | undefined> =>
    entry === undefined ? Promise.resolve(undefined) : settle(readBlock(file, segment, entry));
  let next = load(entries[0]);
  try {
    for (let number = 1; number <= entries.length; number += 1) {
      const current = await next;
      next = load(entries[number]);
      if (current instanceof LogError) reportDamage(withKeys(current, index), onDamage);
      else if (current !== undefined) yield current;
    }
  } finally {
    // The file is closed after this.
    await next.catch(() => {});
  }
}

/** The same damage of a block, with what the index says of it. */
function withKeys(damage: LogError, index: SealedIndex): LogError {
  const { code, reason, segment, offset, hint, cause } = damage;
  if (segment === undefined || offset === undefined || hint === undefined) return damage;
  return new LogError(code, reason, {
    segment,
    offset,
    hint,
    keys: index.keysInBlockAt(offset),
    ...(cause !== undefined && { cause }),
  });
}

/** A read that runs ahead must not reject before somebody looks. */
function settle(reading: Promise<Block>): Promise<Block | LogError> {
  const settled = reading.catch((error: unknown) => {
    if (error instanceof LogError) return error;
    throw error;
  });
  settled.catch(() => {});
  return settled;
}

/** @throws {LogError} `damage`, if nobody wants to know */
export function reportDamage(damage: LogError, onDamage: ReadRange["onDamage"]): void {
  if (onDamage === undefined) throw damage;
  onDamage(damage);
}

/**
 * Yields all records of a sealed segment by position. As they lie by key, all blocks that reach into the range
 * are held in memory, decompressed: about as much as the segment's payloads, and 40 bytes for each record.
 *
 * @throws {LogError} CORRUPT, if the range has no `onDamage`
 */
export async function* readSealedAll(
  open: OpenSealed,
  range: ReadRange,
): AsyncGenerator<LogRecord[], void, undefined> {
  const { base, lastPosition } = open.segment;
  const first = Math.max(range.after + 1, base);
  const last = Math.min(range.through, lastPosition);
  if (first > last) return;
  const entries = Array.from({ length: open.index.blockCount }, (_, number) => open.index.block(number));
  const blocks: Block[] = [];
  const places = new Places(first, last);
  for await (const block of readBlocks(
    open,
    entries.filter((entry) => overlaps(entry, range)),
    range,
  )) {
    places.add(block, blocks.length);
    blocks.push(block);
  }
  let batch: LogRecord[] = [];
  for (let step = 0; step <= last - first; step += 1) {
    const record = places.record(range.reverse ? last - step : first + step, blocks);
    if (record === undefined || !isWanted(record, range)) continue;
    batch.push(record);
    if (batch.length < batchRecords) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Where the record of each position lies: positions are dense within a segment. */
class Places {
  readonly #first: number;
  readonly #last: number;
  /** Number of the block, plus one: 0 stands for a record that is not there. */
  readonly #blocks: Uint32Array;
  readonly #runs: Uint32Array;
  readonly #indexes: Uint32Array;

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
    this.#blocks = new Uint32Array(last - first + 1);
    this.#runs = new Uint32Array(last - first + 1);
    this.#indexes = new Uint32Array(last - first + 1);
  }

  add(block: Block, number: number): void {
    for (const [run, { start, end }] of block.runs.entries()) {
      for (let index = start; index < end; index += 1) {
        const position = block.positions[index] ?? 0;
        if (position < this.#first || position > this.#last) continue;
        this.#blocks[position - this.#first] = number + 1;
        this.#runs[position - this.#first] = run;
        this.#indexes[position - this.#first] = index;
      }
    }
  }

  record(position: number, blocks: readonly Block[]): LogRecord | undefined {
    const at = position - this.#first;
    const block = blocks[(this.#blocks[at] ?? 0) - 1];
    const run = block?.runs[this.#runs[at] ?? 0];
    return block === undefined || run === undefined
      ? undefined
      : blockRecord(block, this.#indexes[at] ?? 0, run.key);
  }
}
