import { basename, join } from "node:path";
import { encodeSalvaged } from "./encode-salvaged";
import { LogError, systemErrorCode } from "./errors";
import type { FileSystem, LogFile } from "./files";
import { type Gap, gapsName, Holes, readDamagedGaps, readGaps, subtractGaps, writeGaps } from "./gaps";
import { type Horizon, horizonName, readHorizon, writeHorizon } from "./horizon";
import { keepAside } from "./keep-aside";
import { nodeFiles } from "./node-files";
import { allocateRecordBytes, recordCommitFirst, recordLength } from "./record";
import { type ChainLink, chainStart } from "./seal-segment";
import { findSealedSurvivors, type SealedSurvivors } from "./sealed-survivors";
import { decodeTrailer, hashBytes, trailerBytes } from "./sealed-trailer";
import { corrupt, readSegmentHeader } from "./segment";
import {
  encodeSegmentHeader,
  type SegmentHeader,
  salvagedVersion,
  segmentHeaderBytes,
  segmentName,
  segmentVersion,
} from "./segment-header";
import { SegmentScan } from "./segment-scan";
import { replaceFile } from "./small-file";
import { type Found, surveySegments } from "./survey";
import { findSurvivors, type IntactRun, type LostBytes, type Survivors } from "./survivors";
import { judgeTail } from "./torn-tail";
import { verifySealed } from "./verify-sealed";

const brokenChain: ChainLink = { ...chainStart, broken: true };

export interface SalvageOptions {
  files?: FileSystem;
  /** Only say what would be done. */
  dryRun?: boolean;
  /** Called before each segment, with how many are done and how many there are. */
  onProgress?: (done: number, total: number) => void;
}

/** A file other than a segment that was made anew. */
export interface RebuiltFile {
  file: string;
  /** The damaged file, unchanged; absent in a dry run. */
  keptAs?: string;
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
  /** Segments that were rewritten. */
  segments: SalvagedSegment[];
  /** Positions that are given up, from now on. */
  gaps: Gap[];
  /** `HORIZON` and `GAPS`, if they were damaged. */
  rebuilt: RebuiltFile[];
  /** Sealed segments of which all can be read, although not all in them agrees: they stay as they are. */
  untouched: string[];
}

/**
 * Makes a damaged log whole again, as far as it can be read: rewrites each damaged segment with its intact
 * records, or blocks, makes `HORIZON` and `GAPS` anew where they are damaged, keeps the damaged files beside
 * them, and notes what is missing as given up. Where it is interrupted, do it again.
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
  readonly #report: SalvageReport = { segments: [], gaps: [], rebuilt: [], untouched: [] };
  /** Gaps that are noted already. */
  #known: Gap[] = [];
  /** Where there are no positions, for whatever reason. */
  readonly #holes: Gap[] = [];
  #lastPosition = 0;
  /** Where a sealed segment goes on that has no trailer left. */
  #link: ChainLink = chainStart;

  constructor(files: FileSystem, directory: string, options: SalvageOptions) {
    this.#files = files;
    this.#directory = directory;
    this.#options = options;
  }

  async run(): Promise<SalvageReport> {
    await this.#readGaps();
    await this.#walk();
    if (!this.#options.dryRun) await this.#noteGaps();
    return this.#report;
  }

  async #walk(): Promise<void> {
    const { found } = await surveySegments(this.#files, this.#directory);
    const salt = await this.#findSalt(found);
    const horizon = await this.#readHorizon(found[0]);
    this.#lastPosition = horizon.position;
    const isKnown = horizon.position === 0 || horizon.chain.some((byte) => byte !== 0);
    this.#link = isKnown ? { previousChain: horizon.chain, broken: false } : brokenChain;
    const kept = found.filter((each) => each.base > horizon.position || each === found.at(-1));
    for (const [done, each] of kept.entries()) {
      this.#options.onProgress?.(done, kept.length);
      if (each.kind === "plain") await this.#takePlain(each.path, each.base, salt, each === kept.at(-1));
      else await this.#takeSealed(each, salt, kept[done + 1]);
    }
    this.#options.onProgress?.(kept.length, kept.length);
  }

  /** Of a list that is damaged, only what agrees with the segments is believed. */
  async #readGaps(): Promise<void> {
    const gaps = await unlessDamaged(readGaps(this.#files, this.#directory));
    if (gaps !== undefined) {
      this.#known = gaps;
      return;
    }
    const rehearsal = new Salvage(this.#files, this.#directory, { dryRun: true });
    await rehearsal.#walk();
    const listed = await readDamagedGaps(this.#files, this.#directory);
    this.#known = listed.filter((gap) => subtractGaps([gap], rehearsal.#holes).length === 0);
    await this.#rebuild(gapsName, () => writeGaps(this.#files, this.#directory, this.#known));
  }

  /** One that is damaged is made anew: the log begins where its first segment says. */
  async #readHorizon(first: Found | undefined): Promise<Horizon> {
    const horizon = await unlessDamaged(readHorizon(this.#files, this.#directory));
    if (horizon !== undefined) return horizon;
    const position = first === undefined ? 0 : await this.#previousOf(first);
    const chain = first?.kind === "sealed" ? first.sealed.trailer.previousChain : new Uint8Array(hashBytes);
    const rebuilt = { position, chain };
    await this.#rebuild(horizonName, () => writeHorizon(this.#files, this.#directory, rebuilt));
    return rebuilt;
  }

  async #rebuild(name: string, write: () => Promise<void>): Promise<void> {
    const file = join(this.#directory, name);
    const rebuilt: RebuiltFile = { file };
    this.#report.rebuilt.push(rebuilt);
    if (this.#options.dryRun) return;
    rebuilt.keptAs = await keepAside(this.#files, this.#directory, file);
    await write();
  }

  /** Where the segment before this one ends. */
  async #previousOf(segment: Found): Promise<number> {
    const { kind, path, base } = segment;
    if (kind === "sealed") return segment.sealed.header.previous;
    return this.#withFile(path, async (file) => {
      const header = await unlessDamaged(
        readSegmentHeader(file, path, kind === "plain" ? "plain" : "sealed"),
      );
      if (header?.base === base) return header.previous;
      const trailer = new Uint8Array(trailerBytes);
      await unlessDamaged(file.readAt(trailer, Math.max(0, (await file.size()) - trailerBytes)));
      const said = decodeTrailer(trailer);
      return said?.base === base ? said.previous : base - 1;
    });
  }

  async #findSalt(found: readonly Found[]): Promise<number> {
    for (const each of found) {
      if (each.kind === "sealed") return each.sealed.header.salt;
      if (each.kind === "damaged") continue;
      const header = await this.#withFile(each.path, (file) =>
        unlessDamaged(readSegmentHeader(file, each.path)),
      );
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

  /** A segment says what went before it; what is not there is given up. */
  #follow({ base, previous }: { base: number; previous: number }, lastPosition: number): void {
    const gap = { after: this.#lastPosition, through: previous };
    const known = this.#known.some(({ after, through }) => after === gap.after && through === gap.through);
    if (previous !== this.#lastPosition && !known) this.#report.gaps.push(gap);
    if (base - 1 > this.#lastPosition) this.#holes.push({ after: this.#lastPosition, through: base - 1 });
    this.#lastPosition = lastPosition;
  }

  /** There are no records in these places, which are given up unless they are known. */
  #giveUp(holes: readonly Gap[]): void {
    this.#holes.push(...holes);
    this.#report.gaps.push(...subtractGaps(holes, this.#known));
  }

  async #takeSealed(
    segment: Exclude<Found, { kind: "plain" }>,
    salt: number,
    next: Found | undefined,
  ): Promise<void> {
    const { path, base } = segment;
    const sealed = segment.kind === "sealed" ? segment.sealed : undefined;
    const verdict = sealed && (await this.#withFile(path, (file) => verifySealed(file, sealed, () => {})));
    if (sealed !== undefined && verdict?.damages.length === 0) {
      this.#follow(sealed.header, sealed.lastPosition);
      this.#giveUp(verdict.holes);
      this.#link = { previousChain: sealed.trailer.chain, broken: false };
      return;
    }
    const through = next === undefined ? undefined : await this.#previousOf(next);
    const place = { base, salt, through: through ?? Number.MAX_SAFE_INTEGER };
    const survivors = await this.#withFile(path, (file) => findSealedSurvivors(file, place));
    const { header, blocks, trailer, lost } = survivors;
    const lastPosition = trailer?.trailer.lastPosition ?? through;
    if (lastPosition === undefined) {
      throw corrupt("the trailer of the last segment is damaged, and so nothing says where it ends", path, 0);
    }
    const previous = header?.previous ?? trailer?.trailer.previous ?? this.#lastPosition;
    this.#follow({ base, previous }, lastPosition);
    if (sealed !== undefined && lost.length === 0) {
      this.#report.untouched.push(path);
      this.#link = { previousChain: sealed.trailer.chain, broken: false };
      return;
    }
    const holes = new Holes(base, lastPosition);
    for (const { block } of blocks) for (const position of block.positions) holes.add(position);
    this.#giveUp(holes.list());
    const parts = await encodeSalvaged(survivors, {
      header: {
        version: salvagedVersion,
        salt,
        base,
        previous,
        createdMs: header?.createdMs ?? 0,
        newestRevision: header?.newestRevision ?? 0n,
      },
      lastPosition,
      link: this.#link,
    });
    const trailerWritten = decodeTrailer(parts.at(-1) ?? new Uint8Array());
    this.#link = trailerWritten ? { previousChain: trailerWritten.chain, broken: false } : brokenChain;
    await this.#replaceSealed(path, survivors, parts);
  }

  async #replaceSealed(
    path: string,
    { blocks, lost }: SealedSurvivors,
    parts: readonly Uint8Array[],
  ): Promise<void> {
    const recordsKept = blocks.reduce((sum, { block }) => sum + block.records, 0);
    const salvaged: SalvagedSegment = { file: path, recordsKept, lost };
    this.#report.segments.push(salvaged);
    if (this.#options.dryRun) return;
    await this.#noteGaps();
    salvaged.keptAs = await keepAside(this.#files, this.#directory, path);
    await replaceFile(this.#files, this.#directory, basename(path), parts);
  }

  async #takePlain(path: string, base: number, salt: number, last: boolean): Promise<void> {
    this.#link = brokenChain;
    const { header, survivors } = await this.#withFile(path, async (file) => {
      const found = await unlessDamaged(readSegmentHeader(file, path));
      const intact = found?.base === base && (await unlessDamaged(isIntact(file, found, last)));
      const size = await file.size();
      const unborn = found === undefined && last && size <= segmentHeaderBytes;
      return {
        header: found,
        survivors: intact || unborn ? undefined : await findSurvivors(file, size, base, salt),
      };
    });
    if (survivors === undefined) {
      if (header !== undefined) this.#follow(header, await this.#lastPositionOf(path, header));
      return;
    }
    // What the header said of the segment before is lost with it; where that ends is known.
    const before = header?.base === base ? header.previous : this.#lastPosition;
    this.#follow({ base, previous: before }, survivors.runs.at(-1)?.lastPosition ?? before);
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
    this.#giveUp(gapsBetween(runs, header.base));
    if (this.#options.dryRun) return;
    await this.#noteGaps();
    salvaged.keptAs = await keepAside(this.#files, this.#directory, path);
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
    const header = encodeSegmentHeader({ ...common, version: segmentVersion, base, previous });
    const records = run === undefined ? new Uint8Array() : memory.bytes.subarray(run.offset, run.end);
    await replaceFile(this.#files, this.#directory, segmentName(base), [header, records]);
  }
}

/** @returns undefined if what is read is damaged, or the disk cannot read it */
async function unlessDamaged<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const damaged = error instanceof LogError && error.code === "CORRUPT";
    if (damaged || systemErrorCode(error) === "EIO") return undefined;
    throw error;
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
