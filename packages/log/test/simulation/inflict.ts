import { headerBytes, type SegmentAtRest } from "./segments-at-rest";
import type { SimulatedFile } from "./simulated-file";

const sectorBytes = 512;

/** What a log must make of some damage. */
export interface Expectation {
  /** The file that is named when the log refuses, and the offset, if only one is right. */
  segment: string;
  offset?: number;
  /** Set if the damage may pass for an unfinished write: the last position that must survive it. */
  cutAfter?: number;
  /** The bytes that are wrong, where that is all that is wrong. */
  hit?: { from: number; to: number };
}

export function flipBit(file: SimulatedFile, at: number): void {
  const byte = file.cached.bytes[at] ?? 0;
  file.damage(at, new Uint8Array([byte ^ (1 << (at % 8))]));
}

/** Flips a bit of the byte at `at`. */
export function inflictBit(segment: SegmentAtRest, at: number): Expectation {
  flipBit(segment.file, at);
  return expectationOf(segment, at, at + 1);
}

/** Zeroes the sector around `place`. @returns undefined if that changes nothing */
export function inflictSector(segment: SegmentAtRest, place: number): Expectation | undefined {
  const { cached } = segment.file;
  const from = place - (place % sectorBytes);
  const to = Math.min(from + sectorBytes, cached.size);
  const first = cached.bytes.subarray(from, to).findIndex((byte) => byte !== 0);
  if (first < 0) return undefined;
  segment.file.damage(from, new Uint8Array(to - from));
  return expectationOf(segment, from + first, to);
}

/** Takes out the record at `at`. */
export function inflictGap(
  segment: SegmentAtRest,
  at: number,
  next: SegmentAtRest | undefined,
): Expectation | undefined {
  const { path, file, records } = segment;
  const gone = records.find(({ end }) => end > at);
  if (gone === undefined || segment.kind === "sealed") return undefined;
  const behind = file.cached.bytes.slice(gone.end);
  file.damage(gone.start, behind);
  file.cut(gone.start + behind.byteLength);
  if (behind.byteLength > 0) return { segment: path, offset: gone.start };
  if (next !== undefined) return { segment: next.path, offset: 24 };
  return { segment: path, cutAfter: gone.record.position - 1 };
}

/** Lets the file end at `at`. In the last segment that cannot be told from what a crash leaves. */
export function inflictCut(segment: SegmentAtRest, at: number, next: SegmentAtRest | undefined): Expectation {
  const { kind, path, file, records } = segment;
  file.cut(at);
  if (kind === "sealed") return { segment: path };
  const onBoundary = at === headerBytes || records.some(({ end }) => end === at);
  if (next !== undefined && onBoundary) return { segment: next.path, offset: 24 };
  const hit = records.find(({ end }) => end > at);
  if (next === undefined) return { segment: path, cutAfter: (hit?.record.position ?? 1) - 1 };
  return { segment: path, ...(at >= headerBytes && hit !== undefined ? { offset: hit.start } : {}) };
}

/** What to expect if the bytes from `from` to `to` are wrong. */
function expectationOf({ kind, path, last, records }: SegmentAtRest, from: number, to: number): Expectation {
  if (kind === "sealed") return { segment: path };
  const range = { from, to };
  const hit = records.find(({ end }) => end > from);
  if (from < headerBytes || hit === undefined) {
    // A header alone, and broken, is a segment that was being created.
    const unfinished = last && hit === undefined;
    return { segment: path, offset: 0, hit: range, ...(unfinished ? { cutAfter: 0 } : {}) };
  }
  const expectation = { segment: path, offset: hit.start, hit: range };
  const end = records.at(-1);
  if (!last || end === undefined) return expectation;
  // Nothing valid follows, or a sector of the last commit seems never to have been written.
  const torn = to > end.start || (to - from > 1 && hit.record.commit === end.record.commit);
  return torn ? { ...expectation, cutAfter: hit.record.position - 1 } : expectation;
}
