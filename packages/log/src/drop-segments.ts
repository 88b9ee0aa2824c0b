import { chainEndOf, goesOn } from "./chain";
import { LogError } from "./errors";
import type { FileSystem } from "./files";
import { type Horizon, writeHorizon } from "./horizon";
import { hashBytes } from "./sealed-trailer";
import type { Segment } from "./segment";

interface DropTarget {
  /** Ascending; what is dropped goes from here. */
  segments: Segment[];
  horizon: Horizon;
}

/** By which chain `next` goes on from `last`; zeros if that cannot be known. */
function chainAfter(last: Segment, next: Segment | undefined): Uint8Array {
  const unknown = new Uint8Array(hashBytes);
  if (last.kind !== "sealed") return unknown;
  if (next?.kind !== "sealed") return last.trailer.chain;
  const end = chainEndOf(last);
  if (goesOn(end, next)) return next.trailer.previousChain;
  return end.incomplete ? unknown : last.trailer.chain;
}

/**
 * Removes sealed segments, oldest first, whose records are all below `position`. The horizon is moved first,
 * durably: so nothing seems to be missing, whenever a crash comes.
 *
 * @returns the position of the last record dropped so far
 * @throws {LogError} FAILED
 */
export async function dropSegments(
  files: FileSystem,
  directory: string,
  target: DropTarget,
  position: number,
): Promise<number> {
  const { segments } = target;
  const kept = segments.findIndex(({ kind, lastPosition }) => kind === "plain" || lastPosition >= position);
  const dropped = segments.slice(0, Math.max(kept, 0));
  const last = dropped.at(-1);
  if (last === undefined) return target.horizon.position;
  const horizon = { position: last.lastPosition, chain: chainAfter(last, segments[dropped.length]) };
  try {
    await writeHorizon(files, directory, horizon);
    target.horizon = horizon;
    for (const segment of dropped) segment.dropped = true;
    segments.splice(0, dropped.length);
    for (const { path } of dropped) await files.remove(path);
    await files.syncDirectory(directory);
  } catch (cause) {
    throw new LogError("FAILED", "segments could not be dropped", {
      cause,
      hint: "No record that is to be kept is touched. Check the disk, and drop again",
    });
  }
  return horizon.position;
}
