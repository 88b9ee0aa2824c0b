import type { LogFile } from "./files";
import type { Pacer } from "./pacer";
import { describeProblem } from "./read-plain";
import {
  allocateRecordBytes,
  checkRecord,
  type RecordBytes,
  recordHeaderBytes,
  recordKeyText,
  recordLength,
} from "./record";
import { corrupt, type PlainSegment } from "./segment";
import { segmentHeaderBytes } from "./segment-header";
import { SegmentScan } from "./segment-scan";
import { sortPaced } from "./sort-paced";

const scanBytes = 32 * 1024;
const windowBytes = 256 * 1024;
/** How much of a segment is held in memory at a time, if no single record is larger. */
const groupBytesMax = 4 * 1024 * 1024;
/** Records looked at before the clock is. */
const strideRecords = 16;

/** Where the records of a segment lie, and in which order they go. */
interface Plan {
  records: number;
  /** By number in the order of arrival; one more than there are records. */
  offsets: Float64Array;
  /** Numbers, ordered by key and then by arrival. */
  order: Uint32Array;
  /** The inverse of `order`. */
  ranks: Uint32Array;
}

/** Verified records, one behind the other. */
export interface RecordGroup {
  memory: RecordBytes;
  /** Where each record starts; one more than there are records. */
  starts: Float64Array;
}

/**
 * Yields all records of a plain segment, by key and then by position, a group at a time. Every record is
 * verified twice: when the segment is first read, and again when it is handed out.
 *
 * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION
 * @throws {Stopped}
 */
export async function* cluster(
  file: LogFile,
  segment: PlainSegment,
  pacer: Pacer,
): AsyncGenerator<RecordGroup, void, undefined> {
  const plan = await makePlan(file, segment, pacer);
  for (let start = 0; start < plan.records; ) {
    const end = endOfGroup(plan, start);
    yield await gather(file, segment, plan, start, end, pacer);
    start = end;
  }
}

async function makePlan(file: LogFile, segment: PlainSegment, pacer: Pacer): Promise<Plan> {
  const capacity = Math.ceil((segment.end - segmentHeaderBytes) / recordHeaderBytes);
  const offsets = new Float64Array(capacity + 1);
  const keyNumbers = new Uint32Array(capacity);
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  let records = 0;
  const { salt } = segment.header;
  const scan = new SegmentScan(file, {
    salt,
    offset: segmentHeaderBytes,
    end: segment.end,
    position: segment.base - 1,
    chunkBytes: scanBytes,
  });
  for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) {
    for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
      const key = recordKeyText(chunk, at);
      const number = numbers.get(key) ?? numbers.size;
      if (number === numbers.size) numbers.set(key, number);
      counts[number] = (counts[number] ?? 0) + 1;
      offsets[records] = chunk.offset + at;
      keyNumbers[records] = number;
      records += 1;
    }
    await pacer.breathe();
  }
  if (scan.problem !== undefined) throw describeProblem(scan.problem, segment.path, scan.offset);
  offsets[records] = scan.offset;
  const keys = await sortPaced([...numbers.keys()], pacer);
  const places = new Uint32Array(keys.length);
  let place = 0;
  for (const key of keys) {
    const number = numbers.get(key) ?? 0;
    places[number] = place;
    place += counts[number] ?? 0;
  }
  return { records, offsets, ...(await sortByCounting(keyNumbers.subarray(0, records), places, pacer)) };
}

/** @param places by key number: the rank of the key's first record; counted up here */
async function sortByCounting(
  keyNumbers: Uint32Array,
  places: Uint32Array,
  pacer: Pacer,
): Promise<Pick<Plan, "order" | "ranks">> {
  const order = new Uint32Array(keyNumbers.length);
  const ranks = new Uint32Array(keyNumbers.length);
  for (let number = 0; number < keyNumbers.length; number += 1) {
    const key = keyNumbers[number] ?? 0;
    const rank = places[key] ?? 0;
    places[key] = rank + 1;
    order[rank] = number;
    ranks[number] = rank;
    if (number % 4096 === 0) await pacer.breathe();
  }
  return { order, ranks };
}

function lengthOf({ offsets }: Plan, number: number): number {
  return (offsets[number + 1] ?? 0) - (offsets[number] ?? 0);
}

function endOfGroup(plan: Plan, start: number): number {
  let bytes = 0;
  let end = start;
  while (end < plan.records) {
    bytes += lengthOf(plan, plan.order[end] ?? 0);
    if (bytes > groupBytesMax && end > start) break;
    end += 1;
  }
  return end;
}

/** Copies the records with ranks from `start` to `end - 1` out of the file, which is read front to back. */
async function gather(
  file: LogFile,
  segment: PlainSegment,
  plan: Plan,
  start: number,
  end: number,
  pacer: Pacer,
): Promise<RecordGroup> {
  const starts = new Float64Array(end - start + 1);
  for (let rank = start; rank < end; rank += 1) {
    starts[rank - start + 1] = (starts[rank - start] ?? 0) + lengthOf(plan, plan.order[rank] ?? 0);
  }
  const memory = allocateRecordBytes(starts.at(-1) ?? 0);
  const window = new Window(file, segment.end);
  for (let number = 0; number < plan.records; number += 1) {
    if (number % strideRecords === 0) await pacer.breathe();
    const rank = plan.ranks[number] ?? 0;
    if (rank < start || rank >= end) continue;
    const offset = plan.offsets[number] ?? 0;
    const length = lengthOf(plan, number);
    if (!window.holds(offset, length)) await window.move(offset, length);
    const at = starts[rank - start] ?? 0;
    memory.bytes.set(window.take(offset, length), at);
    if (checkRecord(memory, at, at + length, segment.header.salt) !== length) {
      throw corrupt("a record was read differently the second time", segment.path, offset);
    }
  }
  return { memory, starts };
}

/** A stretch of a file, moved over it forwards. */
class Window {
  readonly #file: LogFile;
  readonly #fileEnd: number;
  #bytes = new Uint8Array(windowBytes);
  #start = 0;
  #end = 0;

  constructor(file: LogFile, fileEnd: number) {
    this.#file = file;
    this.#fileEnd = fileEnd;
  }

  holds(offset: number, length: number): boolean {
    return offset >= this.#start && offset + length <= this.#end;
  }

  async move(offset: number, length: number): Promise<void> {
    const size = Math.max(length, Math.min(windowBytes, this.#fileEnd - offset));
    if (size > this.#bytes.byteLength) this.#bytes = new Uint8Array(size);
    this.#start = offset;
    this.#end = offset + (await this.#file.readAt(this.#bytes.subarray(0, size), offset));
  }

  /** What lies there; zeros, if the file ends before. */
  take(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
  }
}
