import type { LogError } from "./errors";
import { keyText, type LogRecord } from "./record";

interface KeyFilter {
  key: Uint8Array;
  /** All streams if undefined. */
  stream: number | undefined;
}

/** Which records, and in which order. */
export interface ReadRange {
  /** Only positions above. */
  after: number;
  /** Only positions up to and including this one. */
  through: number;
  /** Records of one key; of all if undefined. */
  filter?: KeyFilter | undefined;
  /** Only revisions from this one on. */
  sinceRevision?: bigint | undefined;
  /** The newest first. */
  reverse?: boolean | undefined;
  /** Called with damage in a sealed segment, which is passed over then; if undefined, it is thrown. */
  onDamage?: ((damage: LogError) => void) | undefined;
}

/** Does a record that lies in the range's segment and blocks belong to it? Its key is known to be right. */
export function isWanted(record: LogRecord, range: ReadRange): boolean {
  return (
    record.position > range.after &&
    record.position <= range.through &&
    (range.filter?.stream === undefined || record.stream === range.filter.stream) &&
    (range.sinceRevision === undefined || record.revision >= range.sinceRevision)
  );
}

/** The key wanted, as `keyText` gives it. */
export function wantedKey({ filter }: ReadRange): string | undefined {
  return filter === undefined ? undefined : keyText(filter.key);
}
