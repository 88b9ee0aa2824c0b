import { LogError } from "./errors";
import type { DirectoryLock } from "./files";
import type { ResolvedOptions } from "./options";
import { type RecoveryReport, recover } from "./recovery";
import type { Segment } from "./segment";
import { createSegment, SegmentWriter } from "./segment-writer";

/** A directory that is locked, recovered and ready to take records. */
export interface OpenedLog {
  lock: DirectoryLock;
  /** Ascending; grows when the writer starts a new one. */
  segments: Segment[];
  writer: SegmentWriter;
  salt: number;
  nextPosition: number;
  lastPosition: number;
  newestRevision: bigint;
  report: RecoveryReport;
}

/** @throws {LogError} LOCKED, CORRUPT, UNSUPPORTED_VERSION, DIRECTORY_UNUSABLE; the directory is not locked then */
export async function openLog(options: ResolvedOptions): Promise<OpenedLog> {
  const { files, directory } = options;
  let lock: DirectoryLock | undefined;
  try {
    await files.makeDirectory(directory);
    lock = await files.lock(directory);
    return await openLocked(options, lock);
  } catch (cause) {
    await lock?.release();
    if (cause instanceof LogError) throw cause;
    throw new LogError("DIRECTORY_UNUSABLE", `cannot open the log in ${directory}: ${describe(cause)}`, {
      cause,
      hint: "This process must be able to create, read and write files there",
    });
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

async function openLocked(options: ResolvedOptions, lock: DirectoryLock): Promise<OpenedLog> {
  const started = performance.now();
  const { segments, records, newestRevision, truncation } = await recover(options.files, options.directory);
  const writer = await openWriter(options, segments);
  const last = segments.at(-1);
  if (last === undefined) throw new Error("a log that was opened has a segment");
  return {
    lock,
    segments,
    writer,
    salt: last.header.salt,
    // An empty segment was made for the record its name says.
    nextPosition: Math.max(last.lastPosition + 1, last.header.base),
    lastPosition: last.lastPosition,
    newestRevision,
    report: {
      segments: segments.length,
      records,
      bytes: segments.reduce((sum, { end }) => sum + end, 0),
      truncatedBytes: truncation?.bytes ?? 0,
      ...(truncation === undefined ? {} : { truncation }),
      durationMs: performance.now() - started,
    },
  };
}

async function openWriter(options: ResolvedOptions, segments: Segment[]): Promise<SegmentWriter> {
  const { files, directory, segmentBytesMax, clock, random32 } = options;
  const settings = {
    files,
    directory,
    segmentBytesMax,
    clock,
    onSegment: (segment: Segment) => segments.push(segment),
  };
  const last = segments.at(-1);
  if (last === undefined) {
    const header = { salt: random32(), base: 1, previous: 0, createdMs: clock() };
    const { segment, file } = await createSegment(files, directory, header);
    segments.push(segment);
    return new SegmentWriter(segment, file, settings);
  }
  const file = await files.open(last.path, "write");
  const writer = new SegmentWriter(last, file, settings);
  try {
    // A process that died may have left records with the operating system only; from here on they count
    // as durable.
    await writer.sync();
    await files.syncDirectory(directory);
  } catch (error) {
    await writer.close();
    throw error;
  }
  return writer;
}
