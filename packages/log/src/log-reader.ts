import { join } from "node:path";
import { LogError, systemErrorCode } from "./errors";
import type { FileSystem, LogFile } from "./files";
import { readGaps } from "./gaps";
import { readHorizon } from "./horizon";
import { nodeFiles } from "./node-files";
import { describeProblem } from "./read-plain";
import { batchRecords, readSealedAll, readSealedKey, reportDamage } from "./read-sealed";
import {
  allocateRecordBytes,
  decodeRecord,
  decodeRecordInPlace,
  keyText,
  type LogRecord,
  recordKeyText,
  recordLength,
  recordPosition,
} from "./record";
import { inspectSealed, readIndex } from "./sealed-segment";
import { corrupt, listSegments, readSegmentHeader, type SealedSegment } from "./segment";
import { segmentHeaderBytes, segmentName } from "./segment-header";
import { type RecordChunk, SegmentScan } from "./segment-scan";

export interface LogReaderOptions {
  directory: string;
  files?: FileSystem;
  /** Position of the last record already known, and durable; default 0: read from the beginning. */
  after?: number;
  /** Only records of this key. Of sealed segments only their blocks are read then; of plain ones, still all. */
  key?: Uint8Array;
  /**
   * Called with each damaged place in a sealed segment, which is passed over then. Without it, reading ends
   * there with that error.
   */
  onDamage?: (damage: LogError) => void;
}

interface OpenPlain {
  kind: "plain";
  path: string;
  file: LogFile;
  base: number;
  previous: number;
  scan: SegmentScan;
  /** Just behind the last record handed out. */
  offset: number;
  /** Position of that record; before the first, of the last record of the segment before. */
  position: number;
}

interface OpenSealed {
  kind: "sealed";
  path: string;
  file: LogFile;
  base: number;
  previous: number;
  segment: SealedSegment;
  /** Of the last record. */
  position: number;
}

/** Neither header nor trailer can be read; what follows says where it ends. */
interface OpenDamaged {
  kind: "damaged";
  path: string;
  file: LogFile;
  base: number;
  problem: LogError;
}

type OpenSegment = OpenPlain | OpenSealed | OpenDamaged;

/**
 * A reader of the same directory without the lock, for another thread or process of the same host. Holds
 * its own position, and is cheap to poll: with nothing new it does not touch the disk.
 */
export class LogReader {
  readonly #directory: string;
  readonly #files: FileSystem;
  readonly #onDamage: LogReaderOptions["onDamage"];
  readonly #key: Uint8Array | undefined;
  /** As `keyText` gives it. */
  readonly #keyText: string | undefined;
  #position: number;
  #segment: OpenSegment | undefined;
  #reading = false;
  #closed = false;

  private constructor({ directory, files = nodeFiles, after = 0, key, onDamage }: LogReaderOptions) {
    this.#directory = directory;
    this.#files = files;
    this.#position = after;
    this.#key = key?.slice();
    this.#keyText = key && keyText(key);
    this.#onDamage = onDamage;
  }

  /** @throws {LogError} DIRECTORY_UNUSABLE */
  static async open(options: LogReaderOptions): Promise<LogReader> {
    const files = options.files ?? nodeFiles;
    try {
      // Segments are opened when there is something to read: the newest may not have its header yet.
      await files.list(options.directory);
    } catch (cause) {
      throw new LogError("DIRECTORY_UNUSABLE", `cannot read the log in ${options.directory}`, { cause });
    }
    return new LogReader(options);
  }

  /** Position up to which everything has been handed out, or passed over. */
  get position(): number {
    return this.#position;
  }

  /**
   * Yields the records after `position`, up to and including `through`, and moves `position` along; a loop
   * that ends early goes on there next time. One loop at a time. While the records of a sealed segment are
   * read, it is held in memory, without what clustering by key spares; of one key, two blocks are.
   *
   * @param through a position that the writer has announced as durable
   * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION, CLOSED
   */
  read(through: number): AsyncGenerator<LogRecord, void, undefined> {
    return this.#walk(through, (segment) =>
      segment.kind === "plain" ? this.#readPlain(segment, through) : this.#readSealed(segment, through),
    );
  }

  /**
   * The same, in batches of what was read at a time: faster by far where all is read. A batch is handed out whole: a
   * loop that ends early goes on behind it. Its records share memory: who keeps one keeps about a megabyte.
   */
  readBatches(through: number): AsyncGenerator<LogRecord[], void, undefined> {
    return this.#walk(through, (segment) =>
      segment.kind === "plain" ? this.#plainBatches(segment, through) : this.#sealedBatches(segment, through),
    );
  }

  async *#walk<Item>(
    through: number,
    readSegment: (segment: OpenPlain | OpenSealed) => AsyncGenerator<Item, void, undefined>,
  ): AsyncGenerator<Item, void, undefined> {
    if (this.#reading) throw new Error("a LogReader serves one loop at a time");
    this.#reading = true;
    try {
      while (this.#position < through) {
        if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
        const segment = this.#segment ?? (await this.#openFirst(through));
        if (segment.kind === "damaged") reportDamage(segment.problem, this.#onDamage);
        else yield* readSegment(segment);
        if (this.#position < through) await this.#openNext(segment, through);
      }
    } finally {
      this.#reading = false;
      if (this.#closed) await this.#closeSegment();
    }
  }

  async *#readPlain(segment: OpenPlain, through: number): AsyncGenerator<LogRecord, void, undefined> {
    for await (const chunk of scanPlain(segment, through)) {
      for (const record of this.#recordsIn(chunk, segment, decodeRecord)) {
        yield record;
        if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
      }
    }
  }

  async *#plainBatches(segment: OpenPlain, through: number): AsyncGenerator<LogRecord[], void, undefined> {
    for await (const chunk of scanPlain(segment, through)) {
      let batch: LogRecord[] = [];
      for (const record of this.#recordsIn(copyOf(chunk), segment, decodeRecordInPlace)) {
        batch.push(record);
        if (batch.length < batchRecords) continue;
        yield batch;
        if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
        batch = [];
      }
      if (batch.length > 0) yield batch;
      if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
    }
  }

  /** Takes the records that are wanted out of a chunk, and moves along with each. */
  *#recordsIn(
    chunk: RecordChunk,
    segment: OpenPlain,
    decode: typeof decodeRecord,
  ): Generator<LogRecord, void, undefined> {
    for (let at = 0; at < chunk.length; ) {
      const start = at;
      at += recordLength(chunk, at);
      segment.offset = chunk.offset + at;
      segment.position = recordPosition(chunk, start);
      if (segment.position <= this.#position) continue;
      this.#position = segment.position;
      if (this.#keyText !== undefined && recordKeyText(chunk, start) !== this.#keyText) continue;
      yield decode(chunk, start);
    }
  }

  async *#readSealed(segment: OpenSealed, through: number): AsyncGenerator<LogRecord, void, undefined> {
    for await (const batch of this.#blocksOf(segment, through)) {
      for (const record of batch) {
        this.#position = record.position;
        yield record;
        if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
      }
    }
    this.#passBy(segment, through);
  }

  async *#sealedBatches(segment: OpenSealed, through: number): AsyncGenerator<LogRecord[], void, undefined> {
    for await (const batch of this.#blocksOf(segment, through)) {
      this.#position = batch.at(-1)?.position ?? this.#position;
      yield batch;
      if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
    }
    this.#passBy(segment, through);
  }

  /** What is wanted of a sealed segment; does not move along. */
  async *#blocksOf(
    { file, segment }: OpenSealed,
    through: number,
  ): AsyncGenerator<LogRecord[], void, undefined> {
    if (segment.lastPosition <= this.#position) return;
    try {
      const index = await readIndex(file, segment);
      const range = { after: this.#position, through, onDamage: this.#onDamage };
      const open = { file, segment, index };
      yield* this.#key === undefined ? readSealedAll(open, range) : readSealedKey(open, this.#key, range);
    } catch (error) {
      // Blocks report for themselves: this is the index.
      if (!(error instanceof LogError) || error.code !== "CORRUPT") throw error;
      reportDamage(error, this.#onDamage);
    }
  }

  /** Further than the last record handed out, if damage was passed over. */
  #passBy({ segment }: OpenSealed, through: number): void {
    this.#position = Math.max(this.#position, Math.min(segment.lastPosition, through));
  }

  /** Opens the segment in which the next record lies, or the one before it. */
  async #openFirst(through: number): Promise<OpenSegment> {
    const bases = await this.#listBases();
    const base = bases.findLast((candidate) => candidate <= this.#position + 1) ?? bases[0];
    if (base === undefined) throw this.#missing(through);
    const segment = await this.#open(base);
    if (segment.kind !== "damaged" && segment.previous > this.#position) {
      if (!(await this.#isKnownToBeMissing(this.#position, segment.previous))) throw this.#missing(base);
      this.#position = Math.min(segment.previous, through);
    }
    return segment;
  }

  /** Goes on to the segment behind `segment`, which holds nothing more before `through`. */
  async #openNext(segment: OpenSegment, through: number): Promise<void> {
    const base = (await this.#listBases()).find((candidate) => candidate > segment.base);
    if (base === undefined) throw this.#missing(through);
    if (base > through && segment.kind !== "damaged") {
      if (!(await this.#isKnownToBeMissing(segment.position, base - 1))) throw this.#missing(through);
      this.#position = through;
      return;
    }
    const next = await this.#open(base);
    if (segment.kind === "damaged") {
      const passed = next.kind === "damaged" ? next.base - 1 : next.previous;
      this.#position = Math.max(this.#position, Math.min(passed, through));
    } else if (next.kind !== "damaged" && next.previous !== segment.position) {
      if (await this.#isKnownToBeMissing(segment.position, next.previous)) return;
      throw corrupt(`records between ${segment.position} and ${base} are missing`, next.path, 24);
    }
  }

  /** Dropped meanwhile, or given up by salvage. */
  async #isKnownToBeMissing(after: number, through: number): Promise<boolean> {
    const { position } = await readHorizon(this.#files, this.#directory);
    if (through === position) return true;
    const gaps = await readGaps(this.#files, this.#directory);
    return gaps.some((gap) => gap.after <= after && gap.through === through);
  }

  async #listBases(): Promise<number[]> {
    return (await listSegments(this.#files, this.#directory)).map(({ base }) => base);
  }

  async #open(base: number): Promise<OpenSegment> {
    await this.#closeSegment();
    const path = join(this.#directory, segmentName(base));
    const file = await this.#files.open(path, "read").catch((error: unknown) => {
      if (systemErrorCode(error) !== "ENOENT") throw error;
    });
    this.#segment = await (file === undefined ? this.#openSealed(base) : openPlain(file, path, base));
    return this.#segment;
  }

  /** A plain segment's file goes once it was sealed. */
  async #openSealed(base: number): Promise<OpenSegment> {
    const path = join(this.#directory, segmentName(base, "sealed"));
    const file = await this.#files.open(path, "read");
    try {
      const segment = await inspectSealed(file, path, base);
      const { previous } = segment.header;
      return { kind: "sealed", path, file, base, previous, segment, position: segment.lastPosition };
    } catch (error) {
      if (error instanceof LogError && error.code === "CORRUPT") {
        return { kind: "damaged", path, file, base, problem: error };
      }
      await file.close();
      throw error;
    }
  }

  #missing(through: number): LogError {
    return new LogError(
      "CORRUPT",
      `records after ${this.#position}, up to ${through}, are not in ${this.#directory}`,
    );
  }

  /** A loop that is still running ends with `CLOSED` when it asks for its next record. */
  async close(): Promise<void> {
    this.#closed = true;
    if (!this.#reading) await this.#closeSegment();
  }

  async #closeSegment(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    await segment?.file.close();
  }
}

/** The chunks of a plain segment behind the last record handed out. @throws {LogError} where it goes on with no record */
async function* scanPlain(
  { scan, path, offset, position, base }: OpenPlain,
  through: number,
): AsyncGenerator<RecordChunk, void, undefined> {
  scan.resume(offset, Math.max(position, base - 1), through);
  for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) yield chunk;
  if (scan.problem !== undefined) throw describeProblem(scan.problem, path, scan.offset);
}

function copyOf({ bytes, offset, length }: RecordChunk): RecordChunk {
  const copy = allocateRecordBytes(length);
  copy.bytes.set(bytes.subarray(0, length));
  return { ...copy, offset, length };
}

async function openPlain(file: LogFile, path: string, base: number): Promise<OpenPlain> {
  try {
    const header = await readSegmentHeader(file, path);
    if (header === undefined || header.base !== base) {
      throw corrupt("the segment header is damaged", path, 0);
    }
    const { salt, previous } = header;
    const scan = new SegmentScan(file, {
      salt,
      offset: segmentHeaderBytes,
      end: Number.POSITIVE_INFINITY,
      position: base - 1,
    });
    return {
      kind: "plain",
      path,
      file,
      base,
      previous,
      scan,
      offset: segmentHeaderBytes,
      position: previous,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
