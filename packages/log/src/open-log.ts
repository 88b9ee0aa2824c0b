import { LogError } from "./errors";
import type { DirectoryLock } from "./files";
import type { Horizon } from "./horizon";
import type { ResolvedOptions } from "./options";
import { type RecoveryReport, recover } from "./recovery";
import type { Segment } from "./segment";
import { createSegment, SegmentWriter } from "./segment-writer";

/** A directory that is locked, recovered and ready to take records. */
export interface OpenedLog {
  lock: DirectoryLock;
  /** Ascending; the last one is plain. Grows when the writer starts a new one. */
  segments: Segment[];
  horizon: Horizon;
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
  const { segments, horizon, truncation, removedFiles, totals } = await recover(
    options.files,
    options.directory,
  );
  const { newestRevision } = totals;
  const writer = await openWriter(options, segments, horizon, newestRevision);
  const last = segments.at(-1);
  if (last?.kind !== "plain") throw new Error("a log that was opened ends with a plain segment");
  return {
    lock,
    segments,
    horizon,
    writer,
    salt: last.header.salt,
    // An empty segment was made for the record its name says.
    nextPosition: Math.max(last.lastPosition + 1, last.base),
    lastPosition: last.lastPosition,
    newestRevision,
    report: {
      segments: segments.length,
      sealedSegments: segments.filter(({ kind }) => kind === "sealed").length,
      scannedSegments: totals.scannedSegments,
      scannedBytes: totals.scannedBytes,
      records: totals.records,
      bytes: segments.reduce((sum, { end }) => sum + end, 0),
      truncatedBytes: truncation?.bytes ?? 0,
      ...(truncation === undefined ? {} : { truncation }),
      damaged: segments.flatMap((segment) => (segment.kind === "damaged" ? [segment.problem] : [])),
      removedFiles,
      durationMs: performance.now() - started,
    },
  };
}

async function openWriter(
  options: ResolvedOptions,
  segments: Segment[],
  horizon: Horizon,
  newestRevision: bigint,
): Promise<SegmentWriter> {
  const { files, directory, segmentBytesMax, segmentAgeMsMax, clock, random32 } = options;
  const settings = {
    files,
    directory,
    segmentBytesMax,
    segmentAgeMsMax,
    clock,
    onSegment: (segment: Segment) => segments.push(segment),
  };
  const last = segments.at(-1);
  if (last?.kind !== "plain") {
    const previous = last?.lastPosition ?? horizon.position;
    const salt = last?.kind === "sealed" ? last.header.salt : random32();
    const header = { salt, base: previous + 1, previous, createdMs: clock(), newestRevision };
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
