import { join } from "node:path";
import { LogError } from "./errors";
import type { FileSystem, LogFile } from "./files";
import { nodeFiles } from "./node-files";
import { describeProblem } from "./read-records";
import { decodeRecord, type LogRecord, recordLength, recordPosition } from "./record";
import { corrupt, listSegmentBases, readSegmentHeader } from "./segment";
import { segmentHeaderBytes, segmentName } from "./segment-header";
import { SegmentScan } from "./segment-scan";

export interface LogReaderOptions {
  directory: string;
  files?: FileSystem;
  /** Position of the last record already known, and durable; default 0: read from the beginning. */
  after?: number;
}

interface OpenSegment {
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

/**
 * A reader of the same directory without the lock, for another thread or process of the same host. Holds
 * its own position, and is cheap to poll: with nothing new it does not touch the disk.
 */
export class LogReader {
  readonly #directory: string;
  readonly #files: FileSystem;
  #position: number;
  #segment: OpenSegment | undefined;
  #reading = false;
  #closed = false;

  private constructor(directory: string, files: FileSystem, after: number) {
    this.#directory = directory;
    this.#files = files;
    this.#position = after;
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
    return new LogReader(options.directory, files, options.after ?? 0);
  }

  /** Position of the last record handed out. */
  get position(): number {
    return this.#position;
  }

  /**
   * Yields the records after `position`, up to and including `through`, and moves `position` along; a loop
   * that ends early goes on there next time. One loop at a time.
   *
   * @param through a position that the writer has announced as durable
   * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION, CLOSED
   */
  async *read(through: number): AsyncGenerator<LogRecord, void, undefined> {
    if (this.#reading) throw new Error("a LogReader serves one loop at a time");
    this.#reading = true;
    try {
      while (this.#position < through) {
        if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
        const segment = this.#segment ?? (await this.#openFirst(through));
        yield* this.#readSegment(segment, through);
        if (this.#position < through) await this.#openNext(segment, through);
      }
    } finally {
      this.#reading = false;
      if (this.#closed) await this.#closeSegment();
    }
  }

  async *#readSegment(segment: OpenSegment, through: number): AsyncGenerator<LogRecord, void, undefined> {
    const { scan, path } = segment;
    scan.resume(segment.offset, Math.max(segment.position, segment.base - 1), through);
    for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) {
      for (let at = 0; at < chunk.length; ) {
        const start = at;
        at += recordLength(chunk, at);
        segment.offset = chunk.offset + at;
        segment.position = recordPosition(chunk, start);
        if (segment.position <= this.#position) continue;
        this.#position = segment.position;
        yield decodeRecord(chunk, start);
        if (this.#closed) throw new LogError("CLOSED", "the reader is closed");
      }
    }
    if (scan.problem !== undefined) throw describeProblem(scan.problem, path, scan.offset);
  }

  /** Opens the segment in which the next record lies, or the one before it. */
  async #openFirst(through: number): Promise<OpenSegment> {
    const bases = await listSegmentBases(this.#files, this.#directory);
    const base = bases.findLast((candidate) => candidate <= this.#position + 1) ?? bases[0];
    if (base === undefined) throw this.#missing(through);
    const segment = await this.#open(base);
    if (segment.previous > this.#position) throw this.#missing(base);
    return segment;
  }

  /** Goes on to the segment behind `segment`, which holds nothing more before `through`. */
  async #openNext(segment: OpenSegment, through: number): Promise<void> {
    const bases = await listSegmentBases(this.#files, this.#directory);
    const base = bases.find((candidate) => candidate > segment.base);
    if (base === undefined || base > through) throw this.#missing(through);
    const next = await this.#open(base);
    if (next.previous !== segment.position) {
      throw corrupt(`records between ${segment.position} and ${base} are missing`, next.path, 24);
    }
  }

  async #open(base: number): Promise<OpenSegment> {
    await this.#closeSegment();
    const path = join(this.#directory, segmentName(base));
    const file = await this.#files.open(path, "read");
    const header = await readSegmentHeader(file, path);
    if (header === undefined || header.base !== base) {
      await file.close();
      throw corrupt("the segment header is damaged", path, 0);
    }
    const { salt, previous } = header;
    const scan = new SegmentScan(file, {
      salt,
      offset: segmentHeaderBytes,
      end: Number.POSITIVE_INFINITY,
      position: base - 1,
    });
    this.#segment = { path, file, base, previous, scan, offset: segmentHeaderBytes, position: previous };
    return this.#segment;
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
