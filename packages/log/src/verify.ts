import { type ChainEnd, chainEndOf, goesOn } from "./chain";
import { type Damage, damageAt, damageOf } from "./damage";
import { LogError } from "./errors";
import type { FileSystem, LogFile } from "./files";
import { type Gap, readGaps, subtractGaps } from "./gaps";
import { type Horizon, readHorizon } from "./horizon";
import { nodeFiles } from "./node-files";
import { allocateRecordBytes, recordCommitFirst, recordLength, recordRevision } from "./record";
import { hashBytes } from "./sealed-trailer";
import { asDamage, readSegmentHeader, type SealedSegment } from "./segment";
import { type SegmentHeader, salvagedVersion, segmentHeaderBytes } from "./segment-header";
import { SegmentScan } from "./segment-scan";
import { type Found, openFound, surveySegments } from "./survey";
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
  /** Sealed segments that salvage wrote: the chain does not prove what they hold, their own hash does. */
  salvaged: string[];
  tail?: Tail;
}

const nothingHint =
  "A segment is missing or cut short: restore it from a backup, or give its records up with salvage";

/**
 * Reads all of a log and checks every checksum, every hash, and that nothing is missing. Writes nothing and
 * needs no lock: a log that is being written is verified as far as it was when this began. What is sealed
 * meanwhile is read in its new form, what is dropped is passed over.
 *
 * @throws {LogError} UNSUPPORTED_VERSION, DIRECTORY_UNUSABLE; damage is not thrown, but reported
 */
export async function verifyLog(directory: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { files = nodeFiles } = options;
  return new Verification(files, directory, options).run().catch((cause: unknown) => {
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
  /** How the chain goes on from the segment before; undefined if it is not known. */
  #chain: ChainEnd | undefined;
  /** Where the log began when this did, … */
  #horizonBefore = 0;
  /** … and up to where segments were found to have been dropped since. */
  #passed = 0;
  /** The segment before, if it was plain. */
  #plainBefore: Found | undefined;
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
      salvaged: [],
    };
  }

  async run(): Promise<VerifyReport> {
    const report = this.#report;
    await this.#readHorizon();
    report.gaps = await this.#orDamage(readGaps(this.#files, this.#directory), []);
    const { found } = await surveySegments(this.#files, this.#directory);
    const last = found.at(-1);
    const kept = found.filter((each) => each.base > report.horizonPosition || each === last);
    for (const each of await this.#measure(kept)) {
      if (each.base > this.#passed) await this.#verify(each, each.base === last?.base);
    }
    report.bytes = this.#bytesTotal;
    return report;
  }

  /** Adds up the sizes. @returns the segments in the form in which they are there now */
  async #measure(segments: readonly Found[]): Promise<Found[]> {
    const measured: Found[] = [];
    for (const each of segments) {
      const opened = await openFound(this.#files, this.#directory, each);
      if (opened === undefined) {
        measured.push(each);
        continue;
      }
      measured.push(opened.found);
      try {
        this.#bytesTotal += await opened.file.size();
      } finally {
        await opened.file.close();
      }
    }
    return measured;
  }

  async #verify(segment: Found, last: boolean): Promise<void> {
    const opened = await openFound(this.#files, this.#directory, segment);
    if (opened === undefined) {
      await this.#passOverGone(segment, last);
      return;
    }
    const { found, file } = opened;
    this.#report.segments += 1;
    try {
      if (found.kind === "plain") {
        await this.#verifyPlain(file, found.path, found.base, last);
        this.#plainBefore = found;
      } else if (found.kind === "sealed") await this.#verifySealed(file, found.sealed);
      else this.#passOver(found);
    } finally {
      await file.close();
    }
  }

  async #readHorizon(): Promise<void> {
    const unknown: Horizon = { position: 0, chain: new Uint8Array(hashBytes) };
    const horizon = await this.#orDamage(readHorizon(this.#files, this.#directory), unknown);
    this.#goBehind(horizon);
    this.#horizonBefore = horizon.position;
  }

  #goBehind({ position, chain }: Horizon): void {
    this.#report.horizonPosition = this.#lastPosition = position;
    this.#report.lastPosition = Math.max(this.#report.lastPosition, position);
    // Zeros where something was dropped: the last segment that was could not be read.
    const unknown = position > 0 && chain.every((byte) => byte === 0);
    this.#chain = unknown ? undefined : { chains: [chain], incomplete: false };
  }

  /** The horizon, if it has moved since this began. */
  async #movedHorizon(): Promise<Horizon | undefined> {
    const horizon = await this.#orDamage(readHorizon(this.#files, this.#directory), undefined);
    return horizon !== undefined && horizon.position > this.#horizonBefore ? horizon : undefined;
  }

  /** Of a segment that was listed there is no file any more: it was dropped, or someone removed it. */
  async #passOverGone({ path, base }: Found, last: boolean): Promise<void> {
    const horizon = await this.#movedHorizon();
    if (horizon !== undefined && horizon.position >= base) {
      this.#goBehind(horizon);
      this.#plainBefore = undefined;
      this.#passed = horizon.position;
      return;
    }
    // One that is begun when the disk is full goes again, before it has a record.
    if (last) return;
    this.#report.damages.push(damageAt(path, 0, "the segment's file is missing", nothingHint));
    this.#forget();
  }

  async #orDamage<T>(reading: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      this.#report.damages.push(damageOf(error));
      return otherwise;
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

  /** Nothing is known of the segment before the next one. */
  #forget(): void {
    this.#lastPosition = undefined;
    this.#chain = undefined;
    this.#plainBefore = undefined;
  }

  #passOver({ problem }: Found & { kind: "damaged" }): void {
    this.#report.damages.push(damageOf(problem));
    this.#forget();
  }

  /** What lay before a segment that continues `previous` may have been dropped since this began. */
  async #followDrop(previous: number): Promise<void> {
    const horizon = await this.#movedHorizon();
    if (horizon === undefined || horizon.position < previous) return;
    this.#goBehind(horizon);
    this.#plainBefore = undefined;
    if (horizon.position === previous) return;
    // This segment was dropped, too, and is still being read.
    this.#lastPosition = previous;
    this.#chain = undefined;
  }

  async #follow(path: string, { previous, salt }: SegmentHeader): Promise<void> {
    if (this.#lastPosition !== undefined && this.#lastPosition !== previous) await this.#followDrop(previous);
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

  async #verifySealed(file: LogFile, segment: SealedSegment): Promise<void> {
    const { path, trailer, header } = segment;
    this.#report.sealedSegments += 1;
    await this.#follow(path, header);
    const { damages, holes } = await verifySealed(file, segment, (bytes) => this.#advance(path, bytes));
    this.#report.damages.push(...damages);
    if (header.version === salvagedVersion) this.#report.salvaged.push(path);
    const missing = damages.length === 0 ? subtractGaps(holes, this.#report.gaps) : [];
    for (const { after, through } of missing) {
      const what = `records ${after + 1} to ${through} are not in it, and nobody gave them up`;
      this.#report.damages.push(damageAt(path, trailer.indexOffset, what, nothingHint));
    }
    if (this.#plainBefore !== undefined) this.#chain = await this.#chainSince(this.#plainBefore);
    this.#plainBefore = undefined;
    const continued = this.#chain === undefined || goesOn(this.#chain, segment);
    if (trailer.chainBroken || (!continued && (this.#behindGap || this.#chain?.incomplete))) {
      this.#report.chainStarts.push(path);
    } else if (!continued) {
      const what = "the chain of hashes does not go on from the segment before: one of the two was replaced";
      this.#report.damages.push(damageAt(path, segment.end, what));
    }
    this.#chain = chainEndOf(segment);
    this.#takeIn(trailer.records, trailer.lastPosition, trailer.revisionMax);
  }

  /** Chain of a segment that was plain when it was verified, and must have been sealed since. */
  async #chainSince(plain: Found): Promise<ChainEnd | undefined> {
    const opened = await openFound(this.#files, this.#directory, plain);
    await opened?.file.close();
    return opened?.found.kind === "sealed" ? chainEndOf(opened.found.sealed) : undefined;
  }

  async #verifyPlain(file: LogFile, path: string, base: number, last: boolean): Promise<void> {
    try {
      await this.#verifyOpenPlain(file, path, base, last);
    } catch (error) {
      const damage = damageOf(asDamage(error, path, 0));
      this.#report.damages.push({ ...damage, hint: salvageHint });
      this.#lastPosition = undefined;
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
    await this.#follow(path, header);
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
