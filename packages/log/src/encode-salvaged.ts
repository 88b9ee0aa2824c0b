import { createHash } from "node:crypto";
import { describeBlock, type KeyExtents } from "./key-extents";
import type { ChainLink } from "./seal-segment";
import type { Extent } from "./sealed-block";
import { encodeFrame, frameCrc } from "./sealed-frame";
import { type BlockEntry, encodeIndex } from "./sealed-index";
import type { IntactTrailer, SealedSurvivors } from "./sealed-survivors";
import { encodeTrailer } from "./sealed-trailer";
import {
  encodeSegmentHeader,
  type SegmentHeader,
  salvagedVersion,
  segmentHeaderBytes,
} from "./segment-header";

export interface SalvagedPlace {
  header: SegmentHeader;
  /** Of the last record that there was. */
  lastPosition: number;
  /** Where the chain goes on from, if no old trailer says so. */
  link: ChainLink;
}

/**
 * Composes a sealed segment of the blocks that are left of a damaged one, as they are, with a new index. The old
 * trailers are kept in it, so that the chain of hashes can be followed on.
 */
export async function encodeSalvaged(
  { blocks, trailer, replaced, trailerLost }: SealedSurvivors,
  { header, lastPosition, link }: SalvagedPlace,
): Promise<Uint8Array[]> {
  const { salt, base, previous } = header;
  const entries: BlockEntry[] = [];
  const keys: KeyExtents = new Map();
  let offset = segmentHeaderBytes;
  for (const { frame, block } of blocks) {
    const extent = describeBlock(block, entries.length, keys);
    if (extent === undefined) throw new Error("a block has records");
    const rawLength = new DataView(frame.buffer, frame.byteOffset).getUint32(12, true);
    entries.push({ offset, length: frame.byteLength, rawLength, crc: frameCrc(frame), ...extent });
    offset += frame.byteLength;
  }
  const index = encodeIndex(
    entries,
    [...keys].map(([key, extent]) => ({ key, ...extent })),
  );
  const kept = [...replaced, ...(trailer === undefined ? [] : [trailer])];
  const parts = [
    encodeSegmentHeader({ ...header, version: salvagedVersion }, "sealed"),
    ...blocks.map(({ frame }) => frame),
    await encodeFrame(index, salt),
    ...kept.map(({ bytes }) => bytes),
  ];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const before = kept.at(-1)?.trailer;
  const { previousChain, broken } =
    before === undefined ? link : { previousChain: before.previousChain, broken: before.chainBroken };
  const bytes = encodeTrailer({
    base,
    previous,
    lastPosition,
    records: entries.reduce((sum, { records }) => sum + records, 0),
    sourceBytes: before?.sourceBytes ?? 0,
    ...revisionsOf(entries, before),
    blocks: entries.length,
    keys: keys.size,
    indexOffset: offset,
    indexRawLength: index.byteLength,
    salt,
    chainBroken: broken,
    trailerLost,
    trailersKept: kept.length,
    contentHash: hash.digest(),
    previousChain,
  });
  return [...parts, bytes];
}

/** The highest revision stays known although its record is lost: none may be given out again. */
function revisionsOf(
  entries: readonly Extent[],
  before: IntactTrailer["trailer"] | undefined,
): { revisionMin: bigint; revisionMax: bigint } {
  const [first, ...rest] = before === undefined ? entries : [before, ...entries];
  const revisions = { revisionMin: first?.revisionMin ?? 0n, revisionMax: first?.revisionMax ?? 0n };
  for (const { revisionMin, revisionMax } of rest) {
    if (revisionMin < revisions.revisionMin) revisions.revisionMin = revisionMin;
    if (revisionMax > revisions.revisionMax) revisions.revisionMax = revisionMax;
  }
  return revisions;
}
