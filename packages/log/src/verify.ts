import { type Damage, damageAt, damageOf } from "./damage";
import { LogError } from "./errors";
import type { FileSystem, LogFile } from "./files";
import { type Gap, readGaps } from "./gaps";
import { type Horizon, readHorizon } from "./horizon";
import { nodeFiles } from "./node-files";
import { allocateRecordBytes, recordCommitFirst, recordLength, recordRevision } from "./record";
import { retryWhenGone } from "./retry-when-gone";
import { hashBytes } from "./sealed-trailer";
import { asDamage, readSegmentHeader, type SealedSegment } from "./segment";
import { type SegmentHeader, segmentHeaderBytes } from "./segment-header";
import { SegmentScan } from "./segment-scan";
import { type Found, surveySegments } from "./survey";
import { findSurvivors } from "./survivors";
import { judgeTail } from "./torn-tail";
import { verifySealed } from "./verify-sealed";

export interface VerifyProgress {
  file: string;
  bytesDone: number;
  bytesTotal: number;
}

export interface VerifyOptions {
  files?: FileSystem;
  onProgress?: (progress: VerifyProgress) => void;
  /** Ends the work early; `verifyLog` rejects with its reason. */
  signal?: AbortSignal;
}

/** What lies behind the last record of the last segment: a write under way, or torn by a crash. No damage. */
export interface Tail {
  file: string;
  offset: number;
  bytes: number;
}

export interface VerifyReport {
  damages: Damage[];
  segments: number;
  sealedSegments: number;
  /** Intact ones. */
  records: number;
  bytes: number;
  lastPosition: number;
  newestRevision: bigint;
  horizonPosition: number;
  /** Records that salvage gave up. */
  gaps: Gap[];
  /** Sealed segments with which the chain of hashes began anew, as the one before was lost or unreadable. */
  chainStarts: string[];
  tail?: Tail;
}

const nothingHint =
  "A segment is missing or cut short: restore it from a backup, or give its records up with salvage";

/**
 * Reads all of a log and checks every checksum, every hash, and that nothing is missing. Writes nothing and
 * needs no lock: a log that is being written is verified as far as it was when this began.
 *
 * @throws {LogError} UNSUPPORTED_VERSION, DIRECTORY_UNUSABLE; damage is not thrown, but reported
 */
export async function verifyLog(directory: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { files = nodeFiles } = options;
  // What was sealed or dropped meanwhile is looked at again, in its new place.
  return retryWhenGone(() => new Verification(files, directory, options).run()).catch((cause: unknown) => {
    if (cause instanceof LogError || options.signal?.aborted) throw cause;
    throw new LogError("DIRECTORY_UNUSABLE", `cannot read the log in ${directory}`, { cause });
  });
}

class Verification {
  readonly #files: FileSystem;
  readonly #directory: string;
  readonly #options: VerifyOptions;
  readonly #report: VerifyReport;
  #bytesTotal = 0;
  #bytesDone = 0;
  #salt: number | undefined;
  /** Undefined behind a segment of which nobody knows where it ends. */
  #lastPosition: number | undefined = 0;
  /** Chain of the segment before; undefined if it is not known. */
  #chain: Uint8Array | undefined = new Uint8Array(hashBytes);
  /** Were records given up right before this segment? */
  #behindGap = false;

  constructor(files: FileSystem, directory: string, options: VerifyOptions) {
    this.#files = files;
    this.#directory = directory;
    this.#options = options;
    this.#report = {
      damages: [],
      segments: 0,
      sealedSegments: 0,
      records: 0,
      bytes: 0,
      lastPosition: 0,
      newestRevision: 0n,
      horizonPosition: 0,
      gaps: [],
      chainStarts: [],
    };
  }

  async run(): Promise<VerifyReport> {
    const report = this.#report;
    await this.#readHorizon();
    report.gaps = await this.#orDamage(readGaps(this.#files, this.#directory), []);
    const { found } = await surveySegments(this.#files, this.#directory);
    const kept = found.filter((each) => each.base > report.horizonPosition || each === found.at(-1));
    for (const { path } of kept) this.#bytesTotal += await this.#sizeOf(path);
    for (const each of kept) {
      report.segments += 1;
      if (each.kind === "plain") await this.#verifyPlain(each.path, each.base, each === kept.at(-1));
      else if (each.kind === "sealed") await this.#verifySealed(each.sealed);
      else this.#passOver(each);
    }
    report.bytes = this.#bytesTotal;
    return report;
  }

  async #readHorizon(): Promise<void> {
    const unknown: Horizon = { position: 0, chain: new Uint8Array(hashBytes) };
    const { position, chain } = await this.#orDamage(readHorizon(this.#files, this.#directory), unknown);
    this.#report.horizonPosition = this.#report.lastPosition = this.#lastPosition = position;
    // Zeros where something was dropped: the last segment that was could not be read.
    this.#chain = position > 0 && chain.every((byte) => byte === 0) ? undefined : chain;
  }

  async #orDamage<T>(reading: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      this.#report.damages.push(damageOf(error));
      return otherwise;
    }
  }

  async #sizeOf(path: string): Promise<number> {
    const file = await this.#files.open(path, "read");
    try {
      return await file.size();
    } finally {
      await file.close();
    }
  }

  #advance(file: string, bytes: number): void {
    this.#options.signal?.throwIfAborted();
    this.#bytesDone += bytes;
    const { onProgress } = this.#options;
    onProgress?.({
      file,
      bytesDone: Math.min(this.#bytesDone, this.#bytesTotal),
      bytesTotal: this.#bytesTotal,
    });
  }

  #passOver({ problem }: Found & { kind: "damaged" }): void {
    this.#report.damages.push(damageOf(problem));
    this.#lastPosition = undefined;
    this.#chain = undefined;
  }

  #follow(path: string, { previous, salt }: SegmentHeader): void {
    const before = this.#lastPosition;
    const known = this.#report.gaps.some(({ after, through }) => after === before && through === previous);
    this.#behindGap = known;
    if (before !== undefined && before !== previous && !known) {
      const what = `this segment continues record ${previous}, but the one before ends with ${before}`;
      this.#report.damages.push(damageAt(path, 24, what, nothingHint));
    }
    if (this.#salt !== undefined && this.#salt !== salt) {
      this.#report.damages.push(damageAt(path, 12, "this segment belongs to another log"));
    }
    this.#salt ??= salt;
  }

  #takeIn(records: number, lastPosition: number, newestRevision: bigint): void {
    this.#report.records += records;
    this.#report.lastPosition = this.#lastPosition = lastPosition;
    if (newestRevision > this.#report.newestRevision) this.#report.newestRevision = newestRevision;
  }

  async #verifySealed(segment: SealedSegment): Promise<void> {
    const { path, trailer, header } = segment;
    this.#report.sealedSegments += 1;
    this.#follow(path, header);
    const file = await this.#files.open(path, "read");
    try {
      const damages = await verifySealed(file, segment, (bytes) => this.#advance(path, bytes));
      this.#report.damages.push(...damages);
    } finally {
      await file.close();
    }
    const goesOn = this.#chain === undefined || Buffer.compare(this.#chain, trailer.previousChain) === 0;
    if (trailer.chainBroken || (!goesOn && this.#behindGap)) {
      this.#report.chainStarts.push(path);
    } else if (!goesOn) {
      const what = "the chain of hashes does not go on from the segment before: one of the two was replaced";
      this.#report.damages.push(damageAt(path, segment.end, what));
    }
    this.#chain = trailer.chain;
    this.#takeIn(trailer.records, trailer.lastPosition, trailer.revisionMax);
  }

  async #verifyPlain(path: string, base: number, last: boolean): Promise<void> {
    const file = await this.#files.open(path, "read");
    try {
      await this.#verifyOpenPlain(file, path, base, last);
    } catch (error) {
      const damage = damageOf(asDamage(error, path, 0));
      this.#report.damages.push({ ...damage, hint: salvageHint });
      this.#lastPosition = undefined;
    } finally {
      await file.close();
    }
  }

  async #verifyOpenPlain(file: LogFile, path: string, base: number, last: boolean): Promise<void> {
    const size = await file.size();
    const header = await readSegmentHeader(file, path);
    if (header === undefined || header.base !== base) {
      // One that is being created is as good as not there.
      if (last && size <= segmentHeaderBytes) {
        this.#report.tail = { file: path, offset: 0, bytes: size };
        return;
      }
      const what = header === undefined ? "the segment header is damaged" : "the segment has another's name";
      this.#report.damages.push(damageAt(path, 0, what, salvageHint));
      this.#lastPosition = undefined;
      return;
    }
    this.#follow(path, header);
    this.#takeIn(0, header.previous, 0n);
    const range = { salt: header.salt, end: size };
    let scan = new SegmentScan(file, { ...range, offset: segmentHeaderBytes, position: base - 1 });
    let commitFirst = await this.#scan(scan, path, base, 0);
    // What was being written a moment ago may be whole now.
    for (let from = -1; last && scan.problem === "bad" && scan.offset > from; ) {
      from = scan.offset;
      scan = new SegmentScan(file, { ...range, offset: from, position: scan.position });
      commitFirst = await this.#scan(scan, path, base, commitFirst);
    }
    if (scan.problem === undefined) return;
    if (scan.problem === "unsupported") {
      this.#report.damages.push(
        damageAt(path, scan.offset, "a record is of a format newer than this release"),
      );
      this.#lastPosition = undefined;
    } else {
      await this.#judge(file, path, size, last, scan, header, commitFirst);
    }
  }

  /** @returns where the commit of the last record begins */
  async #scan(scan: SegmentScan, path: string, base: number, commitFirstBefore: number): Promise<number> {
    let commitFirst = commitFirstBefore;
    for (let chunk = await scan.next(); chunk !== undefined; chunk = await scan.next()) {
      let revisionMax = 0n;
      for (let at = 0; at < chunk.length; at += recordLength(chunk, at)) {
        commitFirst = recordCommitFirst(chunk, at);
        const revision = recordRevision(chunk, at);
        if (revision > revisionMax) revisionMax = revision;
      }
      this.#takeIn(scan.position - (this.#lastPositionIn(base) ?? 0), scan.position, revisionMax);
      this.#advance(path, chunk.length);
    }
    return commitFirst;
  }

  /** Positions are dense within a segment, and may skip before it. */
  #lastPositionIn(base: number): number | undefined {
    return this.#lastPosition === undefined ? undefined : Math.max(this.#lastPosition, base - 1);
  }

  async #judge(
    file: LogFile,
    path: string,
    size: number,
    last: boolean,
    scan: SegmentScan,
    { base, salt }: SegmentHeader,
    lastCommitFirst: number,
  ): Promise<void> {
    const { offset, position } = scan;
    if (last) {
      const tail = allocateRecordBytes(size - offset);
      await file.readAt(tail.bytes, offset);
      const verdict = judgeTail({ ...tail, offset, lastPosition: position, lastCommitFirst, salt });
      if (verdict.kind === "torn") {
        this.#report.tail = { file: path, offset, bytes: tail.bytes.byteLength };
        return;
      }
    }
    const { runs, lost } = await findSurvivors(file, size, base, salt);
    for (const each of lost.filter((stretch) => stretch.offset >= offset)) {
      this.#report.damages.push(
        damageAt(path, each.offset, `${each.bytes} bytes are no intact record`, salvageHint),
      );
    }
    if (!this.#report.damages.some((damage) => damage.file === path)) {
      this.#report.damages.push(damageAt(path, offset, "records are missing or out of order", salvageHint));
    }
    const behind = runs.filter((run) => run.offset >= offset);
    const records = behind.reduce((sum, run) => sum + run.lastPosition - run.firstPosition + 1, 0);
    this.#takeIn(records, Math.max(position, behind.at(-1)?.lastPosition ?? 0), 0n);
    // What was lost at the end shows in the segment behind, and has been reported.
    this.#lastPosition = undefined;
  }
}

const salvageHint =
  "Check the disk, then restore this file from a backup; or keep what is intact, and give up the rest, with salvage";
