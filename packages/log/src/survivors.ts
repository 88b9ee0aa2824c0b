import type { LogFile } from "./files";
import { readReadable } from "./read-readable";
import {
  allocateRecordBytes,
  checkRecord,
  looksLikeRecord,
  type RecordBytes,
  recordHeaderBytes,
  recordPosition,
} from "./record";
import { segmentHeaderBytes } from "./segment-header";

/** Intact records of a damaged segment, one behind the other, their positions dense. */
export interface IntactRun {
  offset: number;
  end: number;
  firstPosition: number;
  lastPosition: number;
}

/** Bytes of a damaged segment that are no intact record. */
export interface LostBytes {
  offset: number;
  bytes: number;
}

export interface Survivors {
  /** All of the file. */
  memory: RecordBytes;
  runs: IntactRun[];
  lost: LostBytes[];
}

/**
 * Finds every intact record in a damaged plain segment, at whatever byte. Holds the whole file in memory.
 *
 * @param size of the file
 * @param salt of the log; without it nothing can be told from what a user typed
 */
export async function findSurvivors(
  file: LogFile,
  size: number,
  base: number,
  salt: number,
): Promise<Survivors> {
  const memory = allocateRecordBytes(size);
  await readReadable(file, memory.bytes);
  const { byteLength } = memory.bytes;
  const runs: IntactRun[] = [];
  const lost: LostBytes[] = [];
  let lastPosition = base - 1;
  for (let at = segmentHeaderBytes; at < byteLength; ) {
    if (byteLength - at < recordHeaderBytes) {
      addLost(lost, at, byteLength - at);
      break;
    }
    // The first look spares the checksum of most bytes that are no record.
    const length = looksLikeRecord(memory, at, byteLength) ? checkRecord(memory, at, byteLength, salt) : 0;
    const position = length > 0 ? recordPosition(memory, at) : 0;
    // A disk may show old blocks: what does not go on from here is not of this place.
    if (position <= lastPosition) {
      addLost(lost, at, 1);
      at += 1;
      continue;
    }
    const run = runs.at(-1);
    if (run?.end === at && run.lastPosition === position - 1) {
      run.end = at + length;
      run.lastPosition = position;
    } else {
      runs.push({ offset: at, end: at + length, firstPosition: position, lastPosition: position });
    }
    lastPosition = position;
    at += length;
  }
  return { memory, runs, lost };
}

/** Adds bytes that follow, or follow on, those that were added before. */
export function addLost(lost: LostBytes[], offset: number, bytes: number): void {
  const last = lost.at(-1);
  if (last !== undefined && last.offset + last.bytes === offset) last.bytes += bytes;
  else lost.push({ offset, bytes });
}
