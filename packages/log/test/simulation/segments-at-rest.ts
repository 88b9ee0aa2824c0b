import { join } from "node:path";
import type { ModelRecord } from "./model";
import type { SimulatedDirectory } from "./simulated-directory";
import type { SimulatedFile } from "./simulated-file";

/** Where the simulated log lives. */
export const directory = "/log";
export const headerBytes = 64;

/** Where a record lies in its file. */
export interface PlacedRecord {
  record: ModelRecord;
  start: number;
  end: number;
}

/** A segment's file, and what the model says it holds. */
export interface SegmentAtRest {
  kind: "plain" | "sealed";
  path: string;
  name: string;
  file: SimulatedFile;
  /** Is it the one that takes records? */
  last: boolean;
  /** Of a sealed segment, the places are meaningless. */
  records: PlacedRecord[];
}

const segmentName = /^(\d{20})\.(seg|sealed)$/;

/** The segments of the log, oldest first. Those that are there twice, as sealing was cut short, are left out. */
export function segmentsAtRest(
  { files }: SimulatedDirectory,
  records: readonly ModelRecord[],
): SegmentAtRest[] {
  const names = [...files.keys()].filter((name) => segmentName.test(name)).sort();
  const bases = names.map(baseOf);
  const segments: SegmentAtRest[] = [];
  for (const [index, name] of names.entries()) {
    const file = files.get(name);
    const base = baseOf(name);
    if (file === undefined || bases.filter((other) => other === base).length > 1) continue;
    const end = bases[index + 1] ?? Number.POSITIVE_INFINITY;
    const own = records.filter(({ position }) => position >= base && position < end);
    const kind = name.endsWith(".seg") ? "plain" : "sealed";
    const segment: SegmentAtRest = {
      kind,
      path: join(directory, name),
      name,
      file,
      last: index === names.length - 1,
      records: placed(own),
    };
    const size = segment.records.at(-1)?.end ?? headerBytes;
    // The last one may be in the making.
    const isWhole = size === file.cached.size || (segment.last && file.cached.size < headerBytes);
    if (kind === "plain" && !isWhole) throw new Error(`${name} has ${file.cached.size} bytes, not ${size}`);
    segments.push(segment);
  }
  return segments;
}

function baseOf(name: string): number {
  return Number(name.slice(0, 20));
}

function placed(records: readonly ModelRecord[]): PlacedRecord[] {
  let end = headerBytes;
  return records.map((record) => {
    const start = end;
    end += headerBytes + record.payload.byteLength;
    return { record, start, end };
  });
}
