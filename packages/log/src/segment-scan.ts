import type { LogFile } from "./files";
import {
  allocateRecordBytes,
  checkRecord,
  type RecordBytes,
  recordBad,
  recordHeaderBytes,
  recordIncomplete,
  recordLength,
  recordPosition,
  recordUnsupported,
} from "./record";

/** A run of whole, verified records. Valid until the scan's next step: the memory is used again. */
export interface RecordChunk extends RecordBytes {
  /** Offset of `bytes[0]` in the file. */
  readonly offset: number;
  /** How many of `bytes` are records. */
  readonly length: number;
}

export interface ScanRange {
  salt: number;
  /** Where the first record starts. */
  offset: number;
  /** Nothing at or beyond this offset is read; `Infinity` reads to the end of the file. */
  end: number;
  /** Position of the record before `offset`. */
  position: number;
  /** Last position wanted. */
  through?: number;
  chunkBytes?: number;
}

const chunkBytesDefault = 1024 * 1024;

/**
 * Walks one segment in order, in big reads, and hands out only what it has verified: checksum, format, and
 * that positions count up by one. Stops at the first thing that is no such record and says what it is.
 */
export class SegmentScan {
  /** Just behind the last record handed out. */
  offset: number;
  /** Of the last record handed out. */
  position: number;
  /** Why the scan stopped before the end of its range, if it did. */
  problem: "bad" | "unsupported" | undefined;
  readonly #file: LogFile;
  readonly #salt: number;
  readonly #end: number;
  #through: number;
  readonly #chunkBytes: number;
  #window: RecordBytes | undefined;

  constructor(file: LogFile, range: ScanRange) {
    this.#file = file;
    this.#salt = range.salt;
    this.#end = range.end;
    this.#through = range.through ?? Number.POSITIVE_INFINITY;
    this.#chunkBytes = range.chunkBytes ?? chunkBytesDefault;
    this.offset = range.offset;
    this.position = range.position;
  }

  /** Goes back to just behind the record at `position`, which ends at `offset`, and then as far as `through`. */
  resume(offset: number, position: number, through: number): void {
    this.offset = offset;
    this.position = position;
    this.#through = through;
  }

  /** @returns the next verified records; undefined at the end of the range or at a problem */
  async next(): Promise<RecordChunk | undefined> {
    let wanted = this.#chunkBytes;
    while (this.problem === undefined && this.offset < this.#end && this.position < this.#through) {
      const size = Math.min(wanted, this.#end - this.offset);
      const window = this.#windowOf(size);
      const available = await this.#file.readAt(window.bytes.subarray(0, size), this.offset);
      if (available === 0) {
        // The file is shorter than it was when `end` was learnt.
        if (this.#end !== Number.POSITIVE_INFINITY) this.problem = "bad";
        return undefined;
      }
      const chunk = this.#verify(window, available);
      if (chunk.length > 0) return chunk;
      if (this.problem === undefined) wanted = await this.#bytesOfNextRecord(window, available);
    }
    return undefined;
  }

  #windowOf(size: number): RecordBytes {
    if (this.#window === undefined || this.#window.bytes.byteLength < size) {
      this.#window = allocateRecordBytes(size);
    }
    return this.#window;
  }

  #verify(window: RecordBytes, available: number): RecordChunk {
    const offset = this.offset;
    let at = 0;
    while (this.position < this.#through) {
      const verdict = checkRecord(window, at, available, this.#salt);
      if (verdict === recordIncomplete) break;
      if (verdict === recordUnsupported) this.problem = "unsupported";
      if (verdict === recordBad) this.problem = "bad";
      if (verdict > 0 && recordPosition(window, at) !== this.position + 1) this.problem = "bad";
      if (this.problem !== undefined) break;
      at += verdict;
      this.position += 1;
    }
    this.offset += at;
    return { bytes: window.bytes, view: window.view, offset, length: at };
  }

  /** The window ends inside the record at `offset`: how large must it be, if the file holds that much? */
  async #bytesOfNextRecord(window: RecordBytes, available: number): Promise<number> {
    const length = available < recordHeaderBytes ? recordHeaderBytes : recordLength(window, 0);
    const end = Math.min(this.#end, await this.#file.size());
    if (length > end - this.offset) this.problem = "bad";
    return Math.max(length, this.#chunkBytes);
  }
}
