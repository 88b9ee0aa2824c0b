import { basename, join } from "node:path";
import { LogError } from "./errors";
import { type FileSystem, type LogFile, writeAll } from "./files";
import { type Gap, readGaps, writeGaps } from "./gaps";
import { readHorizon } from "./horizon";
import { nodeFiles } from "./node-files";
import { allocateRecordBytes, recordCommitFirst, recordLength } from "./record";
import { readSegmentHeader } from "./segment";
import {
  encodeSegmentHeader,
  type SegmentHeader,
  segmentHeaderBytes,
  segmentName,
  segmentVersion,
} from "./segment-header";
import { SegmentScan } from "./segment-scan";
import { type Found, surveySegments } from "./survey";
import { findSurvivors, type IntactRun, type LostBytes, type Survivors } from "./survivors";
import { judgeTail } from "./torn-tail";

export interface SalvageOptions {
  files?: FileSystem;
  /** Only say what would be done. */
  dryRun?: boolean;
  /** Called before each segment, with how many are done and how many there are. */
  onProgress?: (done: number, total: number) => void;
}

/** A damaged segment and what became of it. */
export interface SalvagedSegment {
  file: string;
  /** The damaged file, unchanged; absent in a dry run. */
  keptAs?: string;
  recordsKept: number;
  lost: LostBytes[];
}

export interface SalvageReport {
  /** Plain segments that were rewritten. */
  segments: SalvagedSegment[];
  /** Positions that are given up, from now on. */
  gaps: Gap[];
  /** Damaged sealed segments stay as they are: they do not keep the log from opening. */
  untouched: string[];
}

/**
 * Makes a log that refuses to open open again, with every record that is intact: rewrites each damaged plain
 * segment with its intact records, keeps the damaged file beside it, and notes what is missing as given up.
 * Where it is interrupted, do it again.
 *
 * @throws {LogError} LOCKED; CORRUPT: nothing tells which log the segments are of, or where the last one ends
 */
export async function salvageLog(directory: string, options: SalvageOptions = {}): Promise<SalvageReport> {
  const { files = nodeFiles, dryRun = false } = options;
  if (dryRun) return new Salvage(files, directory, options).run();
  const lock = await files.lock(directory);
  try {
    return await new Salvage(files, directory, options).run();
  } finally {
    await lock.release();
  }
}

class Salvage {
  readonly #files: FileSystem;
  readonly #directory: string;
  readonly #options: SalvageOptions;
  readonly #report: SalvageReport = { segments: [], gaps: [], untouched: [] };
  #known: Gap[] = [];
  #lastPosition = 0;
  /** Where the segment before ends is known only from the one behind it. */
  #open = false;

  constructor(files: FileSystem, directory: string, options: SalvageOptions) {
    this.#files = files;
    this.#directory = directory;
    this.#options = options;
  }

  async run(): Promise<SalvageReport> {
    this.#known = await readGaps(this.#files, this.#directory);
    this.#lastPosition = (await readHorizon(this.#files, this.#directory)).position;
    const horizon = this.#lastPosition;
    const { found } = await surveySegments(this.#files, this.#directory);
    const kept = found.filter((each) => each.base > horizon || each === found.at(-1));
    const salt = await this.#findSalt(kept);
    for (const [done, each] of kept.entries()) {
      this.#options.onProgress?.(done, kept.length);
      if (each.kind === "plain") await this.#takePlain(each.path, each.base, salt, each === kept.at(-1));
      else if (each.kind === "sealed") this.#follow(each.sealed.header.previous, each.sealed.lastPosition);
      else this.#passOver(each, each === kept.at(-1));
    }
    this.#options.onProgress?.(kept.length, kept.length);
    if (!this.#options.dryRun) await this.#noteGaps();
    return this.#report;
  }

  async #findSalt(found: readonly Found[]): Promise<number> {
    for (const each of found) {
      if (each.kind === "sealed") return each.sealed.header.salt;
      if (each.kind === "damaged") continue;
      const header = await this.#withFile(each.path, (file) => readSegmentHeader(file, each.path));
      if (header !== undefined) return header.salt;
    }
    throw new LogError("CORRUPT", `no segment in ${this.#directory} has an intact header`, {
      hint: "Without one, records cannot be told from other bytes: restore the log from a backup",
    });
  }

  async #withFile<T>(path: string, use: (file: LogFile) => Promise<T>): Promise<T> {
    const file = await this.#files.open(path, "read");
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }

  #passOver({ path, base, problem }: Found & { kind: "damaged" }, last: boolean): void {
    if (last) throw problem;
    this.#report.untouched.push(path);
    this.#open = true;
    this.#lastPosition = base - 1;
  }

  /** A segment says what went before it; what is not there is given up. */
  #follow(previous: number, lastPosition: number): void {
    if (!this.#open && previous !== this.#lastPosition) {
      const gap = { after: this.#lastPosition, through: previous };
      const known = this.#known.some(({ after, through }) => after === gap.after && through === gap.through);
      if (!known) this.#report.gaps.push(gap);
    }
    this.#open = false;
    this.#lastPosition = lastPosition;
  }

  async #takePlain(path: string, base: number, salt: number, last: boolean): Promise<void> {
    const { header, survivors } = await this.#withFile(path, async (file) => {
      const found = await readSegmentHeader(file, path);
      const intact = found !== undefined && found.base === base && (await isIntact(file, found, last));
      const size = await file.size();
      const unborn = found === undefined && last && size <= segmentHeaderBytes;
      return {
        header: found,
        survivors: intact || unborn ? undefined : await findSurvivors(file, size, base, salt),
      };
    });
    if (survivors === undefined) {
      if (header !== undefined) this.#follow(header.previous, await this.#lastPositionOf(path, header));
      return;
    }
    // What the header said of the segment before is lost with it; where that ends is known.
    const before = header?.base === base ? header.previous : this.#lastPosition;
    this.#follow(before, survivors.runs.at(-1)?.lastPosition ?? before);
    await this.#rewrite(path, survivors, {
      salt,
      base,
      previous: before,
      createdMs: header?.createdMs ?? 0,
      newestRevision: header?.newestRevision ?? 0n,
    });
  }

  async #lastPositionOf(path: string, { base, salt, previous }: SegmentHeader): Promise<number> {
    return this.#withFile(path, async (file) => {
      const scan = new SegmentScan(file, {
        salt,
        offset: segmentHeaderBytes,
        end: await file.size(),
        position: base - 1,
      });
      while ((await scan.next()) !== undefined);
      return scan.position < base ? previous : scan.position;
    });
  }

  async #noteGaps(): Promise<void> {
    if (this.#report.gaps.length === 0) return;
    await writeGaps(this.#files, this.#directory, [...this.#known, ...this.#report.gaps]);
  }

  async #rewrite(path: string, survivors: Survivors, header: Omit<SegmentHeader, "version">): Promise<void> {
    const { runs, lost } = survivors;
    const recordsKept = runs.reduce((sum, run) => sum + run.lastPosition - run.firstPosition + 1, 0);
    const salvaged: SalvagedSegment = { file: path, recordsKept, lost };
    this.#report.segments.push(salvaged);
    this.#report.gaps.push(...gapsBetween(runs, header.base));
    if (this.#options.dryRun) return;
    await this.#noteGaps();
    salvaged.keptAs = await this.#keep(path, survivors.memory.bytes);
    // An empty segment takes the place of one of which nothing is left.
    const pieces: Piece[] = runs.length === 0 ? [{ base: header.base, previous: header.previous }] : [];
    let previous = header.previous;
    for (const run of runs) {
      pieces.push({ base: run.firstPosition, previous, run });
      previous = run.lastPosition;
    }
    // The damaged file goes last: until then the log refuses to open, and this can be done again.
    for (const piece of pieces.reverse()) await this.#writePiece(piece, survivors, header);
    if (!pieces.some(({ base }) => base === header.base)) await this.#files.remove(path);
    await this.#files.syncDirectory(this.#directory);
  }

  async #writePiece(
    { base, previous, run }: Piece,
    { memory }: Survivors,
    common: Omit<SegmentHeader, "version">,
  ): Promise<void> {
    const name = segmentName(base);
    const unfinished = join(this.#directory, `${name}.tmp`);
    await this.#files.remove(unfinished).catch(() => {});
    const header = encodeSegmentHeader({ ...common, version: segmentVersion, base, previous });
    const records = run === undefined ? new Uint8Array() : memory.bytes.subarray(run.offset, run.end);
    await this.#write(unfinished, [header, records]);
    await this.#files.rename(unfinished, join(this.#directory, name));
    await this.#files.syncDirectory(this.#directory);
  }

  async #keep(path: string, bytes: Uint8Array): Promise<string> {
    const names = new Set(await this.#files.list(this.#directory));
    let number = 1;
    while (names.has(`${basename(path)}.damaged-${number}`)) number += 1;
    const kept = `${path}.damaged-${number}`;
    await this.#write(kept, [bytes]);
    await this.#files.syncDirectory(this.#directory);
    return kept;
  }

  async #write(path: string, parts: readonly Uint8Array[]): Promise<void> {
    const file = await this.#files.create(path);
    try {
      let offset = 0;
      for (const part of parts) {
        await writeAll(file, part, offset);
        offset += part.byteLength;
      }
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** What a segment that begins with `base` lacks before its last intact record. */
function gapsBetween(runs: readonly IntactRun[], base: number): Gap[] {
  const gaps: Gap[] = [];
  let lastPosition = base - 1;
  for (const run of runs) {
    if (run.firstPosition > lastPosition + 1) {
      gaps.push({ after: lastPosition, through: run.firstPosition - 1 });
    }
    lastPosition = run.lastPosition;
  }
  return gaps;
}

interface Piece {
  base: number;
  previous: number;
  /** Absent in an empty segment. */
  run?: IntactRun;
}

/** Would recovery take this segment, a torn tail included? @throws {LogError} UNSUPPORTED_VERSION */
async function isIntact(file: LogFile, { base, salt }: SegmentHeader, last: boolean): Promise<boolean> {
  const size = await file.size();
  const scan = new SegmentScan(file, { salt, offset: segmentHeaderBytes, end: size, position: base - 1 });
  let lastCommitFirst = 0;
  for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) {
    for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
      lastCommitFirst = recordCommitFirst(chunk, at);
    }
  }
  if (scan.problem === undefined) return true;
  if (!last) return false;
  const tail = allocateRecordBytes(size - scan.offset);
  await file.readAt(tail.bytes, scan.offset);
  const { offset, position } = scan;
  return judgeTail({ ...tail, offset, lastPosition: position, lastCommitFirst, salt }).kind === "torn";
}
