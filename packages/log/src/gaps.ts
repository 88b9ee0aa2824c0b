import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { FileSystem } from "./files";
import { readUint64, writeUint64 } from "./record";
import { corrupt } from "./segment";
import { readSmallFile, replaceFile } from "./small-file";

/*
 * The file `GAPS`, there once salvage gave records up; little-endian.
 *
 *    0 8B  magic     "SCRPGAP" and a line feed
 *    8 u32 version   1
 *   12 u32 gaps
 *   16     for each: u64 last position before it, u64 last position given up
 *   the last 4 bytes: crc32 of all before
 */
export const gapsName = "GAPS";
const magic = Buffer.from("SCRPGAP\n", "latin1");

/** Records behind `after`, up to and including `through`, are known to be lost. */
export interface Gap {
  after: number;
  through: number;
}

/** What of `gaps`, ascending, none of `known` covers; ascending. */
export function subtractGaps(gaps: readonly Gap[], known: readonly Gap[]): Gap[] {
  const covers = mergeGaps(known);
  const left: Gap[] = [];
  let next = 0;
  for (const { after, through } of gaps) {
    let from = after;
    while ((covers[next]?.through ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    for (let number = next; from < through; number += 1) {
      const cover = covers[number];
      if (cover === undefined || cover.after >= through) break;
      if (cover.after > from) left.push({ after: from, through: cover.after });
      from = Math.max(from, cover.through);
    }
    if (from < through) left.push({ after: from, through });
  }
  return left;
}

/** Ascending, and without overlaps. */
function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const { after, through } of gaps.toSorted((a, b) => a.after - b.after)) {
    const last = merged.at(-1);
    if (last !== undefined && last.through >= after) last.through = Math.max(last.through, through);
    else merged.push({ after, through });
  }
  return merged;
}

/** Where there is no record from `first` on, up to `last`. */
export class Holes {
  readonly #first: number;
  readonly #seen: Uint8Array;

  constructor(first: number, last: number) {
    this.#first = first;
    this.#seen = new Uint8Array(Math.max(0, last - first + 1));
  }

  add(position: number): void {
    this.#seen[position - this.#first] = 1;
  }

  /** Ascending. */
  list(): Gap[] {
    const holes: Gap[] = [];
    for (let at = 0; at < this.#seen.length; at += 1) {
      if (this.#seen[at] === 1) continue;
      const last = holes.at(-1);
      if (last?.through === this.#first + at - 1) last.through += 1;
      else holes.push({ after: this.#first + at - 1, through: this.#first + at });
    }
    return holes;
  }
}

export function encodeGaps(gaps: readonly Gap[]): Uint8Array {
  const bytes = new Uint8Array(16 + gaps.length * 16 + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, 1, true);
  view.setUint32(12, gaps.length, true);
  for (const [index, { after, through }] of gaps.entries()) {
    writeUint64(view, 16 + index * 16, after);
    writeUint64(view, 24 + index * 16, through);
  }
  view.setUint32(bytes.byteLength - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

/** @throws {LogError} CORRUPT */
export async function readGaps(files: FileSystem, directory: string): Promise<Gap[]> {
  const path = join(directory, gapsName);
  const bytes = await readSmallFile(files, path);
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer);
  const count = bytes.byteLength < 20 ? 0 : view.getUint32(12, true);
  const intact =
    bytes.byteLength === 20 + count * 16 &&
    magic.equals(bytes.subarray(0, 8)) &&
    view.getUint32(8, true) === 1 &&
    crc32(bytes.subarray(0, -4)) === view.getUint32(bytes.byteLength - 4, true);
  if (!intact) throw corrupt("the list of records that salvage gave up is damaged", path, 0);
  return Array.from({ length: count }, (_, index) => ({
    after: readUint64(view, 16 + index * 16),
    through: readUint64(view, 24 + index * 16),
  }));
}

/** What look like gaps in a list that is damaged. */
export async function readDamagedGaps(files: FileSystem, directory: string): Promise<Gap[]> {
  const bytes = await readSmallFile(files, join(directory, gapsName)).catch(() => undefined);
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer);
  const gaps: Gap[] = [];
  for (let at = 16; at + 16 <= bytes.byteLength; at += 16) {
    const gap = { after: readUint64(view, at), through: readUint64(view, at + 8) };
    if (Number.isSafeInteger(gap.through) && gap.after < gap.through) gaps.push(gap);
  }
  return gaps;
}

export async function writeGaps(files: FileSystem, directory: string, gaps: readonly Gap[]): Promise<void> {
  await replaceFile(files, directory, gapsName, [encodeGaps(gaps)]);
}
