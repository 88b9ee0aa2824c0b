/** Gives the next portion of a stream; empty at its end. */
export type Source = () => Promise<BigUint64Array> | BigUint64Array;

export interface MergeReport {
  readonly ids: number;
  /** Ids that were not above the one before in the order of all streams together: duplicates, or a stream out of order. */
  readonly notAscending: number;
  /** How often the next id came from another stream than the one before. */
  readonly changes: number;
}

interface Stream {
  readonly source: Source;
  /** The portion as its 32-bit halves, the low one first: numbers are compared faster than big ones. */
  halves: Uint32Array;
  at: number;
}

/**
 * Goes through several ascending streams in the order of all of them, holding one portion of each. If all is well the
 * result ascends, too: then no id is there twice.
 */
export async function mergeStreams(sources: readonly Source[]): Promise<MergeReport> {
  const open: Stream[] = sources.map((source) => ({ source, halves: new Uint32Array(), at: 0 }));
  for (const stream of [...open]) if (!(await refill(stream))) open.splice(open.indexOf(stream), 1);
  let [ids, notAscending, changes] = [0, 0, 0];
  let [previousHigh, previousLow] = [-1, -1];
  let previous: Stream | undefined;
  while (open.length > 0) {
    const least = lowest(open);
    const high = least.halves[least.at + 1] ?? 0;
    const low = least.halves[least.at] ?? 0;
    if (high < previousHigh || (high === previousHigh && low <= previousLow)) notAscending++;
    if (least !== previous) changes++;
    [previousHigh, previousLow, previous] = [high, low, least];
    ids++;
    least.at += 2;
    if (least.at === least.halves.length && !(await refill(least))) open.splice(open.indexOf(least), 1);
  }
  return { ids, notAscending, changes };
}

async function refill(stream: Stream): Promise<boolean> {
  const portion = await stream.source();
  stream.halves = new Uint32Array(portion.buffer, portion.byteOffset, portion.length * 2);
  stream.at = 0;
  return portion.length > 0;
}

function lowest(streams: readonly Stream[]): Stream {
  let least = streams[0] as Stream;
  for (const stream of streams) {
    const high = stream.halves[stream.at + 1] as number;
    const leastHigh = least.halves[least.at + 1] as number;
    if (
      high < leastHigh ||
      (high === leastHigh && (stream.halves[stream.at] as number) < (least.halves[least.at] as number))
    )
      least = stream;
  }
  return least;
}
