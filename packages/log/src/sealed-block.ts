import {
  keyText,
  type LogRecord,
  type RecordBytes,
  readUint64,
  recordHeaderBytes,
  recordLength,
} from "./record";
import { ByteReader, ByteWriter } from "./varint";

/*
 * The content of a block of a sealed segment, before compression: records sorted by key, then by position,
 * as columns. Numbers are varints (`varint.ts`).
 *
 *   records, runs, authors      how many of each
 *   base                        of the segment
 *   runs × (key 16B, records)   which records are whose
 *   authors × 16B               every author in the block, once
 *   seven columns, each its length in bytes and then, for each record:
 *     positions                 first of a run: position - base; then position - the one before - 1
 *     revisions, high 42 bits   signed difference to the record before; to 0 in the first
 *     revisions, low 22 bits    likewise
 *     authors                   (index, how many records in a row)
 *     streams                   (stream, how many records in a row)
 *     kinds                     (kind, how many records in a row)
 *     lengths                   of the payload
 *   payloads                    to the end
 *
 * A Snowflake has its milliseconds in the high 42 bits, so both differences are small.
 */

const lowBits = 22;
const lowMask = 0x3f_ffff;
const highPerWord = 2 ** (32 - lowBits);

/** What the index says of a block's records, or of a key's. */
export interface Extent {
  records: number;
  firstPosition: number;
  lastPosition: number;
  revisionMin: bigint;
  revisionMax: bigint;
}

/** @returns the extent with one more record */
export function extend(extent: Extent | undefined, position: number, revision: bigint): Extent {
  if (extent === undefined) {
    return {
      records: 1,
      firstPosition: position,
      lastPosition: position,
      revisionMin: revision,
      revisionMax: revision,
    };
  }
  extent.records += 1;
  if (position < extent.firstPosition) extent.firstPosition = position;
  if (position > extent.lastPosition) extent.lastPosition = position;
  if (revision < extent.revisionMin) extent.revisionMin = revision;
  if (revision > extent.revisionMax) extent.revisionMax = revision;
  return extent;
}

/** A column of long runs of the same value. */
class RunWriter {
  readonly writer = new ByteWriter();
  #value = 0;
  #count = 0;

  add(value: number): void {
    if (value !== this.#value) {
      this.flush();
      this.#value = value;
    }
    this.#count += 1;
  }

  flush(): void {
    if (this.#count === 0) return;
    this.writer.varint(this.#value);
    this.writer.varint(this.#count);
    this.#count = 0;
  }
}

interface RunCount {
  key: string;
  records: number;
}

/** Gathers the records of one block; its memory is used again for the next. */
export class BlockEncoder {
  readonly #base: number;
  #records = 0;
  #runs: RunCount[] = [];
  #authors = new Map<string, number>();
  #position = 0;
  #high = 0;
  #low = 0;
  readonly #positions = new ByteWriter();
  readonly #highs = new ByteWriter();
  readonly #lows = new ByteWriter();
  readonly #authorIndexes = new RunWriter();
  readonly #streams = new RunWriter();
  readonly #kinds = new RunWriter();
  readonly #lengths = new ByteWriter();
  readonly #payloads = new ByteWriter();

  /** @param base of the segment: no position is below */
  constructor(base: number) {
    this.#base = base;
  }

  get records(): number {
    return this.#records;
  }

  /** Roughly how many bytes the block has grown to. */
  get size(): number {
    return this.#payloads.length + this.#records * 8 + this.#runs.length * 24;
  }

  /** Adds the record at `at`; it must follow all before by key and position. */
  add(source: RecordBytes, at: number): void {
    const { bytes, view } = source;
    const key = keyText(bytes, at + 32);
    const position = readUint64(view, at + 16);
    const run = this.#runs.at(-1);
    if (run?.key === key) {
      run.records += 1;
      this.#positions.varint(position - this.#position - 1);
    } else {
      this.#runs.push({ key, records: 1 });
      this.#positions.varint(position - this.#base);
    }
    this.#position = position;
    this.#addRevision(view.getUint32(at + 24, true), view.getUint32(at + 28, true));
    this.#authorIndexes.add(this.#indexOf(keyText(bytes, at + 48)));
    this.#streams.add(bytes[at + 9] ?? 0);
    this.#kinds.add(bytes[at + 10] ?? 0);
    const length = recordLength(source, at);
    this.#lengths.varint(length - recordHeaderBytes);
    this.#payloads.raw(bytes, at + recordHeaderBytes, at + length);
    this.#records += 1;
  }

  #addRevision(word0: number, word1: number): void {
    const high = word1 * highPerWord + (word0 >>> lowBits);
    const low = word0 & lowMask;
    this.#highs.signed(high - this.#high);
    this.#lows.signed(low - this.#low);
    this.#high = high;
    this.#low = low;
  }

  #indexOf(author: string): number {
    const known = this.#authors.get(author);
    if (known !== undefined) return known;
    this.#authors.set(author, this.#authors.size);
    return this.#authors.size - 1;
  }

  /** @returns the block's content, and starts the next block */
  finish(): Uint8Array {
    const block = new ByteWriter();
    for (const count of [this.#records, this.#runs.length, this.#authors.size, this.#base])
      block.varint(count);
    for (const { key, records } of this.#runs) {
      block.raw(Buffer.from(key, "latin1"));
      block.varint(records);
    }
    for (const author of this.#authors.keys()) block.raw(Buffer.from(author, "latin1"));
    for (const runs of [this.#authorIndexes, this.#streams, this.#kinds]) runs.flush();
    for (const column of this.#columns) {
      block.varint(column.length);
      block.raw(column.view());
      column.reset();
    }
    block.raw(this.#payloads.view());
    this.#payloads.reset();
    this.#records = this.#position = this.#high = this.#low = 0;
    this.#runs = [];
    this.#authors = new Map();
    return block.view();
  }

  get #columns(): ByteWriter[] {
    return [
      this.#positions,
      this.#highs,
      this.#lows,
      this.#authorIndexes.writer,
      this.#streams.writer,
      this.#kinds.writer,
      this.#lengths,
    ];
  }
}

/** The records of one key in a block: numbers `start` to `end - 1`. */
export interface Run {
  key: Uint8Array;
  start: number;
  end: number;
}

/** A decoded block: columns, from which records are made on demand. */
export interface Block {
  records: number;
  runs: Run[];
  positions: Float64Array;
  /** Least and most significant half in turn. */
  revisionWords: Uint32Array;
  authors: Uint8Array[];
  authorIndexes: Uint32Array;
  streams: Uint8Array;
  kinds: Uint8Array;
  /** One more than there are records: a payload ends where the next begins. */
  payloadOffsets: Float64Array;
  payloads: Uint8Array;
}

/**
 * Takes a block's content apart. The result refers to the memory of `content`.
 *
 * @returns undefined if it is malformed
 */
export function decodeBlock(content: Uint8Array): Block | undefined {
  const reader = new ByteReader(content);
  const records = reader.varint();
  const runCount = reader.varint();
  const authorCount = reader.varint();
  const base = reader.varint();
  // Checked first, as they decide how much memory the rest takes.
  if (records > content.byteLength || runCount > records || authorCount > records) return undefined;
  const runs = readRuns(reader, runCount);
  const authors = Array.from({ length: authorCount }, () => reader.raw(16));
  if (reader.at > content.byteLength || (runs.at(-1)?.end ?? 0) !== records) return undefined;
  const block: Block = {
    records,
    runs,
    positions: new Float64Array(records),
    revisionWords: new Uint32Array(records * 2),
    authors,
    authorIndexes: new Uint32Array(records),
    streams: new Uint8Array(records),
    kinds: new Uint8Array(records),
    payloadOffsets: new Float64Array(records + 1),
    payloads: content,
  };
  const intact =
    readColumn(reader, (column) => readPositions(column, block, base)) &&
    readRevisions(reader, block) &&
    readColumn(reader, (column) => readRepeated(column, block.authorIndexes, authorCount)) &&
    readColumn(reader, (column) => readRepeated(column, block.streams, 256)) &&
    readColumn(reader, (column) => readRepeated(column, block.kinds, 256)) &&
    readColumn(reader, (column) => readLengths(column, block.payloadOffsets));
  if (!intact) return undefined;
  block.payloads = content.subarray(reader.at);
  return block.payloadOffsets[records] === block.payloads.byteLength ? block : undefined;
}

function readRuns(reader: ByteReader, count: number): Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (let index = 0; index < count; index += 1) {
    const key = reader.raw(16);
    const end = start + reader.varint();
    runs.push({ key, start, end });
    start = end;
  }
  return runs;
}

/** @returns whether `read` used up exactly the column */
function readColumn(reader: ByteReader, read: (column: ByteReader) => boolean): boolean {
  const column = takeColumn(reader);
  return read(column) && column.at === column.bytes.byteLength;
}

function takeColumn(reader: ByteReader): ByteReader {
  return new ByteReader(reader.raw(reader.varint()));
}

function readPositions(column: ByteReader, { runs, positions }: Block, base: number): boolean {
  for (const { start, end } of runs) {
    let position = base - 1;
    for (let index = start; index < end; index += 1) {
      position += column.varint() + 1;
      positions[index] = position;
    }
  }
  return true;
}

function readRevisions(reader: ByteReader, { records, revisionWords }: Block): boolean {
  const highs = takeColumn(reader);
  const lows = takeColumn(reader);
  let high = 0;
  let low = 0;
  for (let index = 0; index < records; index += 1) {
    high += highs.signed();
    low += lows.signed();
    revisionWords[index * 2] = (high % highPerWord) * 2 ** lowBits + low;
    revisionWords[index * 2 + 1] = high / highPerWord;
  }
  return highs.at === highs.bytes.byteLength && lows.at === lows.bytes.byteLength;
}

function readRepeated(column: ByteReader, target: Uint8Array | Uint32Array, limit: number): boolean {
  let index = 0;
  while (index < target.length) {
    const value = column.varint();
    const count = column.varint();
    if (value >= limit || count === 0 || count > target.length - index) return false;
    target.fill(value, index, index + count);
    index += count;
  }
  return true;
}

function readLengths(column: ByteReader, offsets: Float64Array): boolean {
  let offset = 0;
  for (let index = 1; index < offsets.length; index += 1) {
    offset += column.varint();
    offsets[index] = offset;
  }
  return true;
}

const revisionView = new DataView(new ArrayBuffer(8));

/** Revision of record number `index`. */
export function blockRevision({ revisionWords }: Block, index: number): bigint {
  revisionView.setUint32(0, revisionWords[index * 2] ?? 0, true);
  revisionView.setUint32(4, revisionWords[index * 2 + 1] ?? 0, true);
  return revisionView.getBigUint64(0, true);
}

/** Record number `index`, which belongs to `key`. */
export function blockRecord(block: Block, index: number, key: Uint8Array): LogRecord {
  const author = block.authors[block.authorIndexes[index] ?? 0] ?? key;
  return {
    position: block.positions[index] ?? 0,
    revision: blockRevision(block, index),
    stream: block.streams[index] ?? 0,
    kind: block.kinds[index] ?? 0,
    key,
    author,
    payload: block.payloads.subarray(block.payloadOffsets[index], block.payloadOffsets[index + 1]),
  };
}
