import type { SealedTrailer } from "./sealed-trailer";
import type { SealedSegment } from "./segment";

/** By which chains the segment behind a sealed one may go on from it. */
export interface ChainEnd {
  /** That of its trailer, and of those that its trailer replaced. */
  chains: Uint8Array[];
  /** There was another trailer, which was damaged. */
  incomplete: boolean;
}

export function chainEndOf({ trailer, replaced }: SealedSegment): ChainEnd {
  return {
    chains: [trailer, ...replaced].map(({ chain }) => chain),
    incomplete: trailer.trailerLost || replaced.some(({ trailerLost }) => trailerLost),
  };
}

/** Does the chain go on from what is before with this segment? All trailers that it has had must say so. */
export function goesOn(end: ChainEnd, { trailer, replaced }: SealedSegment): boolean {
  return [trailer, ...replaced].every((each) => each.chainBroken || isNamedBy(each, end));
}

/** Is one of these chains the one that the trailer names? */
function isNamedBy({ previousChain }: SealedTrailer, { chains }: ChainEnd): boolean {
  return chains.some((chain) => Buffer.compare(chain, previousChain) === 0);
}
