import type { DocumentLog } from "../storage/document-log";
import { Stream, TextKind } from "../storage/stream";
import { UpdateTail } from "./update-tail";

export interface UpdateRange {
  /** The document's ID as bytes. */
  readonly key: Uint8Array;
  /** Only records behind this position, and of this revision or newer ones. */
  readonly after: number;
  readonly sinceRevision?: bigint;
  /** Position of the last record that is wanted. */
  readonly through: number;
  /** Reading ends once it has so many bytes. */
  readonly bytes: number;
}

export interface ReadUpdates {
  /** Merged where they are small. */
  readonly updates: readonly Uint8Array[];
  /** Position of the newest of them. */
  readonly position: number;
  /** Whether nothing up to `position` is missing, and reading ended only because it had enough. */
  readonly isWhole: boolean;
}

/** Reads updates of a document out of the log. */
export async function readUpdates(log: DocumentLog, range: UpdateRange): Promise<ReadUpdates> {
  const { key, after, sinceRevision, through, bytes: bytesWanted } = range;
  const isKept = () =>
    sinceRevision === undefined ? after >= log.horizonPosition : sinceRevision > log.horizonRevision;
  if (!isKept()) return { updates: [], position: after, isWhole: false };
  const tail = new UpdateTail();
  let position = after;
  let bytes = 0;
  let damaged = false;
  const records = log.readDocument(key, {
    stream: Stream.text,
    after,
    ...(sinceRevision !== undefined && { sinceRevision }),
    onDamage: () => {
      damaged = true;
    },
  });
  for await (const record of records) {
    position = record.position;
    // A checkpoint in the log stands for updates that were dropped.
    if (record.kind !== TextKind.update) continue;
    tail.add({ position, revision: record.revision, update: record.payload.slice() });
    bytes += record.payload.length;
    if (position >= through || bytes >= bytesWanted) break;
  }
  const updates = tail.after(0).map(({ update }) => update);
  const isEnough = position >= through || bytes >= bytesWanted;
  // Records that are dropped while they are being read are passed over in silence.
  return { updates, position, isWhole: !damaged && isEnough && isKept() };
}
