import { createHash } from "node:crypto";
import { join } from "node:path";
import { cluster, type RecordGroup } from "./cluster";
import { LogError } from "./errors";
import { type FileSystem, type LogFile, writeAll } from "./files";
import { hashContent } from "./hash-content";
import type { Pacer } from "./pacer";
import { recordKeyText, recordPosition, recordRevision } from "./record";
import { BlockEncoder, type Extent, extend } from "./sealed-block";
import { encodeFrame, frameCrc } from "./sealed-frame";
import { type BlockEntry, encodeIndex, type KeyEntry } from "./sealed-index";
import { decodeTrailer, encodeTrailer, hashBytes, type SealedTrailer, trailerBytes } from "./sealed-trailer";
import type { PlainSegment, SealedSegment } from "./segment";
import { encodeSegmentHeader, segmentName } from "./segment-header";

/** A block ends when its content has about this size. */
const blockBytes = 64 * 1024;
/** Written at a time, … */
const pieceBytes = 128 * 1024;
/** … and synced, so that no sync of a commit finds much of ours to wait for. */
const syncBytes = 1024 * 1024;
const strideRecords = 16;

/** A sealed segment's file before it has its name. */
export function unfinishedName(base: number): string {
  return `${segmentName(base, "sealed")}.tmp`;
}

/** Where the chain of hashes goes on. */
export interface ChainLink {
  previousChain: Uint8Array;
  /** The segment before cannot be read. */
  broken: boolean;
}

/** The first link of a chain. */
export const chainStart: ChainLink = { previousChain: new Uint8Array(hashBytes), broken: false };

/**
 * Rewrites a segment by key, compressed, into a file of its own, and gives that its name once it is durably
 * complete and has been read back. The plain segment stays.
 *
 * @throws {LogError} CORRUPT, UNSUPPORTED_VERSION: a record of the plain segment is damaged; FAILED: what was
 *   written is not what is read
 * @throws {Stopped} and errors of the file system; the unfinished file is gone then, if it can be removed
 */
export async function sealSegment(
  files: FileSystem,
  directory: string,
  segment: PlainSegment,
  link: ChainLink,
  pacer: Pacer,
): Promise<SealedSegment> {
  const unfinished = join(directory, unfinishedName(segment.base));
  const path = join(directory, segmentName(segment.base, "sealed"));
  await files.remove(unfinished).catch(() => {});
  try {
    const { trailer, bytes } = await rewrite(files, unfinished, segment, link, pacer);
    await readBack(files, unfinished, trailer, pacer);
    await files.rename(unfinished, path);
    await files.syncDirectory(directory);
    const { base, header, lastPosition } = segment;
    const indexEnd = bytes - trailerBytes;
    return {
      kind: "sealed",
      path,
      base,
      header,
      trailer,
      end: bytes,
      lastPosition,
      indexEnd,
      replaced: [],
    };
  } catch (error) {
    await files.remove(unfinished).catch(() => {});
    throw error;
  }
}

async function rewrite(
  files: FileSystem,
  unfinished: string,
  segment: PlainSegment,
  link: ChainLink,
  pacer: Pacer,
): Promise<{ trailer: SealedTrailer; bytes: number }> {
  const source = await files.open(segment.path, "read");
  try {
    const target = await files.create(unfinished);
    try {
      const writer = new SealWriter(target, segment, pacer);
      await writer.start();
      for await (const group of cluster(source, segment, pacer)) await writer.add(group);
      return await writer.finish(link);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/**
 * Compares a sealed segment's file with what was to be written: soon it will be all there is. This finds what went
 * wrong on the way to the operating system, and on the way to the disk as far as it reads from there.
 */
async function readBack(
  files: FileSystem,
  path: string,
  trailer: SealedTrailer,
  pacer: Pacer,
): Promise<void> {
  const file = await files.open(path, "read");
  try {
    const contentEnd = (await file.size()) - trailerBytes;
    const hash = await hashContent(file, contentEnd, () => pacer.breathe());
    const last = new Uint8Array(trailerBytes);
    await file.readAt(last, contentEnd);
    const found = decodeTrailer(last);
    // The chain covers the trailer, and with it the hash of the content.
    const same = found !== undefined && Buffer.compare(found.chain, trailer.chain) === 0;
    if (same && Buffer.compare(hash, trailer.contentHash) === 0) return;
    throw new LogError("FAILED", "a sealed segment is read otherwise than it was written", {
      segment: path,
      hint: "Nothing is lost: the segment stays as it was, and is sealed again. Check memory and disk",
    });
  } finally {
    await file.close();
  }
}

class SealWriter {
  readonly #target: LogFile;
  readonly #segment: PlainSegment;
  readonly #pacer: Pacer;
  readonly #encoder: BlockEncoder;
  readonly #hash = createHash("sha256");
  readonly #blocks: BlockEntry[] = [];
  readonly #keys: KeyEntry[] = [];
  #block: Extent | undefined;
  #offset = 0;
  #unsyncedBytes = 0;

  constructor(target: LogFile, segment: PlainSegment, pacer: Pacer) {
    this.#target = target;
    this.#segment = segment;
    this.#pacer = pacer;
    this.#encoder = new BlockEncoder(segment.base);
  }

  async start(): Promise<void> {
    await this.#write(encodeSegmentHeader(this.#segment.header, "sealed"));
  }

  async add({ memory, starts }: RecordGroup): Promise<void> {
    for (let index = 0; index < starts.length - 1; index += 1) {
      if (index % strideRecords === 0) await this.#pacer.breathe();
      const at = starts[index] ?? 0;
      const position = recordPosition(memory, at);
      const revision = recordRevision(memory, at);
      this.#encoder.add(memory, at);
      this.#block = extend(this.#block, position, revision);
      this.#addKey(recordKeyText(memory, at), position, revision);
      if (this.#encoder.size >= blockBytes) await this.#endBlock(this.#block);
    }
  }

  #addKey(key: string, position: number, revision: bigint): void {
    const block = this.#blocks.length;
    const last = this.#keys.at(-1);
    if (last?.key === key) {
      extend(last, position, revision);
      last.lastBlock = block;
    } else {
      this.#keys.push({ key, firstBlock: block, lastBlock: block, ...extend(undefined, position, revision) });
    }
  }

  async #endBlock(extent: Extent): Promise<void> {
    const content = this.#encoder.finish();
    const frame = await encodeFrame(content, this.#segment.header.salt);
    this.#blocks.push({
      offset: this.#offset,
      length: frame.byteLength,
      rawLength: content.byteLength,
      crc: frameCrc(frame),
      ...extent,
    });
    this.#block = undefined;
    await this.#write(frame);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      this.#hash.update(piece);
      await writeAll(this.#target, piece, this.#offset);
      this.#offset += piece.byteLength;
      this.#unsyncedBytes += piece.byteLength;
      if (this.#unsyncedBytes >= syncBytes) await this.#sync();
      await this.#pacer.breathe();
    }
  }

  async #sync(): Promise<void> {
    await this.#target.sync();
    this.#unsyncedBytes = 0;
  }

  async finish({ previousChain, broken }: ChainLink): Promise<{ trailer: SealedTrailer; bytes: number }> {
    if (this.#block !== undefined) await this.#endBlock(this.#block);
    const index = encodeIndex(this.#blocks, this.#keys);
    const { header, base, lastPosition, end } = this.#segment;
    const indexOffset = this.#offset;
    await this.#write(await encodeFrame(index, header.salt));
    const bytes = encodeTrailer({
      base,
      previous: header.previous,
      lastPosition,
      records: this.#blocks.reduce((sum, { records }) => sum + records, 0),
      sourceBytes: end,
      ...this.#revisions(),
      blocks: this.#blocks.length,
      keys: this.#keys.length,
      indexOffset,
      indexRawLength: index.byteLength,
      salt: header.salt,
      chainBroken: broken,
      trailerLost: false,
      trailersKept: 0,
      contentHash: this.#hash.digest(),
      previousChain,
    });
    await writeAll(this.#target, bytes, this.#offset);
    await this.#sync();
    const trailer = decodeTrailer(bytes);
    if (trailer === undefined) throw new Error("a trailer just encoded can be decoded");
    return { trailer, bytes: this.#offset + bytes.byteLength };
  }

  #revisions(): { revisionMin: bigint; revisionMax: bigint } {
    const [first, ...rest] = this.#blocks;
    let revisionMin = first?.revisionMin ?? 0n;
    let revisionMax = first?.revisionMax ?? 0n;
    for (const block of rest) {
      if (block.revisionMin < revisionMin) revisionMin = block.revisionMin;
      if (block.revisionMax > revisionMax) revisionMax = block.revisionMax;
    }
    return { revisionMin, revisionMax };
  }
}
