import { join } from "node:path";
import type { Batch } from "./batch";
import { LogError, systemErrorCode } from "./errors";
import { commitAll, type FileSystem, type LogFile, writeAll } from "./files";
import type { PlainSegment } from "./segment";
import {
  encodeSegmentHeader,
  type SegmentHeader,
  segmentHeaderBytes,
  segmentName,
  segmentVersion,
} from "./segment-header";
import { SegmentIndex } from "./segment-index";

/** Creates a segment that is durably there, with its header, before it takes any record. */
export async function createSegment(
  files: FileSystem,
  directory: string,
  header: Omit<SegmentHeader, "version">,
): Promise<{ segment: PlainSegment; file: LogFile }> {
  const path = join(directory, segmentName(header.base));
  const whole = { ...header, version: segmentVersion };
  const file = await files.create(path);
  try {
    await writeAll(file, encodeSegmentHeader(whole), 0);
    await file.sync().catch(failSync);
    await files.syncDirectory(directory).catch(failSync);
  } catch (error) {
    await file.close();
    // Only a file without records goes: whoever made it failed before handing it out.
    if (error instanceof LogError) throw error;
    await files.remove(path);
    // On a full disk there will be more of them, and no crash may bring back two.
    await files.syncDirectory(directory).catch(failSync);
    throw error;
  }
  const segment: PlainSegment = {
    kind: "plain",
    path,
    base: header.base,
    header: whole,
    index: new SegmentIndex(),
    end: segmentHeaderBytes,
    lastPosition: header.previous,
  };
  return { segment, file };
}

function failSync(cause: unknown): never {
  throw new LogError("FAILED", "a sync failed, and what reached the disk is no longer known", {
    cause,
    hint: "Check the disk, then restart",
  });
}

export interface SegmentWriterOptions {
  files: FileSystem;
  directory: string;
  segmentBytesMax: number;
  segmentAgeMsMax: number;
  clock: () => number;
  /** Called with each new segment once records in it count as durable. */
  onSegment: (segment: PlainSegment) => void;
}

/** Writes batches to the last segment, and starts a new one when it is full. */
export class SegmentWriter {
  /** Called behind `onSegment`, when the segment before has been left for good. */
  onRoll: () => void = () => {};
  /** Highest ever taken; goes into the header of the next segment. */
  newestRevision = 0n;
  readonly #options: SegmentWriterOptions;
  #segment: PlainSegment;
  #file: LogFile;
  /** Where the next batch goes; ahead of `segment.end` between `write` and `publish`. */
  #end: number;
  /** Set while the new segment is not yet known to readers, and goes again if its first batch fails. */
  #replaced: { segment: PlainSegment; file: LogFile } | undefined;
  #unsynced = false;
  #mustRoll = false;
  /** When the segment took its first record; after a restart, when it was created. */
  #sinceMs: number;

  constructor(segment: PlainSegment, file: LogFile, options: SegmentWriterOptions) {
    this.#segment = segment;
    this.#file = file;
    this.#end = segment.end;
    this.#options = options;
    this.#sinceMs = segment.header.createdMs;
  }

  /** Until the segment that takes records now is too old; undefined while it has none. */
  get ageLeftMs(): number | undefined {
    const { base, lastPosition } = this.#segment;
    if (lastPosition < base) return undefined;
    return this.#sinceMs + this.#options.segmentAgeMsMax - this.#options.clock();
  }

  /** Are there writes that no sync has covered? */
  get unsynced(): boolean {
    return this.#unsynced;
  }

  /**
   * Writes `batch`; readers see it once it is published.
   *
   * @param synced whether it is to be on disk, too, in one go; everything written before must be
   * @throws {LogError} DISK_FULL: the log is, durably, as if the batch had never been.
   *   FAILED: this writer is finished.
   */
  async write(batch: Batch, synced: boolean): Promise<void> {
    try {
      if (this.#rollsFor(batch)) await this.#roll(batch.firstPosition);
      this.#unsynced = true;
      const { bytes, view } = batch.encoded;
      const write = synced ? commitAll : writeAll;
      const writing = write(this.#file, bytes.subarray(0, batch.length), this.#end);
      // The disk takes its time: what readers need to find the batch is done meanwhile. Should there be no space for
      // it, the index names a place behind the segment's end, which nobody reads.
      this.#segment.index.add({ bytes, view, offset: this.#end, length: batch.length });
      await writing;
      this.#end += batch.length;
      if (synced) this.#unsynced = false;
    } catch (cause) {
      if (cause instanceof LogError) throw cause;
      if (!isDiskFull(cause)) {
        if (synced) failSync(cause);
        throw new LogError("FAILED", "a write failed", { cause, segment: this.#segment.path });
      }
      await this.#takeBack();
      throw new LogError("DISK_FULL", "no space left for the log", {
        cause,
        segment: this.#segment.path,
        hint: "Free some space: the log goes on by itself",
      });
    }
  }

  #rollsFor(batch: Batch): boolean {
    const { end, base, lastPosition } = this.#segment;
    if (lastPosition < base) return batch.firstPosition !== base;
    if (this.#mustRoll || (this.ageLeftMs ?? 1) <= 0) return true;
    return end + batch.length > this.#options.segmentBytesMax;
  }

  /**
   * Begins a new segment, whose first record will have position `base`, if this one is too old.
   *
   * @throws {LogError} FAILED: this writer is finished
   */
  async rollIfOld(base: number): Promise<void> {
    if ((this.ageLeftMs ?? 1) > 0) return;
    try {
      await this.#roll(base);
      await this.#publishSegment();
    } catch (cause) {
      if (cause instanceof LogError) throw cause;
      // Nothing was written, and the old segment goes on: the next batch tries again.
    }
  }

  async #roll(base: number): Promise<void> {
    // Recovery accepts a torn tail in the last segment only, so this one must be whole on disk by now.
    if (this.#unsynced) await this.sync();
    const { files, directory, clock } = this.#options;
    const header = {
      salt: this.#segment.header.salt,
      base,
      previous: this.#segment.lastPosition,
      createdMs: clock(),
      newestRevision: this.newestRevision,
    };
    const created = await createSegment(files, directory, header);
    this.#replaced = { segment: this.#segment, file: this.#file };
    this.#segment = created.segment;
    this.#file = created.file;
    this.#end = created.segment.end;
  }

  /** Undoes a batch that found no space, so that no crash can bring back part of it. */
  async #takeBack(): Promise<void> {
    // Positions are dense within a segment, and those of the lost batch are not given out again.
    this.#mustRoll = true;
    try {
      if (this.#replaced === undefined) {
        await this.#file.truncate(this.#segment.end);
        await this.#file.sync();
        this.#unsynced = false;
        return;
      }
      const { path } = this.#segment;
      const { files, directory } = this.#options;
      await this.#file.close();
      ({ segment: this.#segment, file: this.#file } = this.#replaced);
      this.#replaced = undefined;
      this.#end = this.#segment.end;
      this.#unsynced = false;
      await files.remove(path);
      await files.syncDirectory(directory);
    } catch (cause) {
      throw new LogError("FAILED", "the disk is full and the last write could not be undone", {
        cause,
        segment: this.#segment.path,
      });
    }
  }

  /** @throws {LogError} FAILED: this writer is finished; only recovery can tell what reached the disk. */
  async sync(): Promise<void> {
    await this.#file.sync().catch(failSync);
    this.#unsynced = false;
  }

  /** Lets readers see `batch`, which was written last. */
  async publish(batch: Batch): Promise<void> {
    this.#segment.end = this.#end;
    if (this.#segment.lastPosition < this.#segment.base) this.#sinceMs = this.#options.clock();
    this.#segment.lastPosition = batch.lastPosition;
    await this.#publishSegment();
  }

  async #publishSegment(): Promise<void> {
    if (this.#replaced === undefined) return;
    const { file } = this.#replaced;
    this.#replaced = undefined;
    this.#mustRoll = false;
    this.#options.onSegment(this.#segment);
    // Synced before the new segment was made: nothing in it can be lost any more.
    await file.close().catch(() => {});
    this.onRoll();
  }

  /** Closes the file, whatever state it is in. Syncs nothing. */
  async close(): Promise<void> {
    await this.#replaced?.file.close();
    await this.#file.close();
  }
}

function isDiskFull(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}
