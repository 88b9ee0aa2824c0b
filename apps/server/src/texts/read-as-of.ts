import { type DocumentId, ulidToBytes } from "@scriptorium/ids";
import type { Checkpoint } from "../projections/checkpoint";
import { decodeSnapshotRecord } from "../storage/catalogue-record";
import type { DocumentLog } from "../storage/document-log";
import { CatalogueKind, Stream, TextKind } from "../storage/stream";

/** Why a text as it was cannot be had. */
export class AsOfError extends Error {
  override readonly name = "AsOfError";
  /** UNKNOWN: the document has no such revision. GONE: it may have had one, but the log has dropped that, or it is too far back. */
  readonly code: "UNKNOWN" | "GONE";

  constructor(code: AsOfError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

export interface AsOfSources {
  readonly log: Pick<DocumentLog, "readDocument" | "horizonRevision">;
  /** The document's newest. */
  readonly checkpoint: Pick<Checkpoint, "state" | "position" | "revision"> | undefined;
}

/** What a text was made of. */
export interface TextBase {
  /** Of the document; 0n is before the first. */
  readonly revision: bigint;
  /** Authors, as bytes, whose later edits are in it, too. */
  readonly also?: readonly Uint8Array[];
}

/** What may be read for one text: a document that was edited more since then is not looked into. */
const readBytesMax = 64 * 1024 * 1024;

/**
 * The updates that make a document as it was at one of its revisions, or with some later edits.
 *
 * @throws {AsOfError}
 */
export async function readAsOf(
  { log, checkpoint }: AsOfSources,
  id: DocumentId,
  { revision, also = [] }: TextBase,
): Promise<Uint8Array[]> {
  if (revision === 0n && also.length === 0) return [];
  if (checkpoint?.revision === revision && also.length === 0) return [checkpoint.state];
  const key = ulidToBytes(id);
  const hasCheckpoint = checkpoint !== undefined && checkpoint.revision <= revision;
  if (!hasCheckpoint && log.horizonRevision > 0n && revision <= log.horizonRevision) {
    throw new AsOfError("GONE", "the history of that time is not kept any more");
  }
  const updates = hasCheckpoint ? [checkpoint.state] : await readBeginning(log, key);
  const after = hasCheckpoint ? checkpoint.position : 0;
  let bytes = 0;
  let isFound = revision === 0n || checkpoint?.revision === revision;
  for await (const entry of log.readDocument(key, { stream: Stream.text, after })) {
    if (entry.kind !== TextKind.update) continue;
    const isLater = entry.revision > revision;
    if (isLater && (!isFound || also.length === 0)) break;
    if (isLater && !also.some((author) => Buffer.compare(author, entry.author) === 0)) continue;
    bytes += entry.payload.length;
    if (bytes > readBytesMax) throw new AsOfError("GONE", "too much was written since then");
    updates.push(entry.payload.slice());
    isFound ||= entry.revision === revision;
  }
  if (isFound) return updates;
  throw new AsOfError("UNKNOWN", "the text of this document has no such revision");
}

/** What stands in the log for updates that it has dropped. */
async function readBeginning(log: AsOfSources["log"], key: Uint8Array): Promise<Uint8Array[]> {
  if (log.horizonRevision === 0n) return [];
  let begin: number | undefined;
  let end = Number.POSITIVE_INFINITY;
  for await (const entry of log.readDocument(key, { stream: Stream.catalogue, after: 0 })) {
    if (entry.kind !== CatalogueKind.snapshot) continue;
    // A later snapshot is of a move of the horizon that is under way.
    if (decodeSnapshotRecord(entry.payload).asOf > log.horizonRevision) {
      end = entry.position;
      break;
    }
    begin = entry.position;
  }
  if (begin === undefined) return [];
  for await (const entry of log.readDocument(key, { stream: Stream.text, after: begin })) {
    if (entry.position > end) break;
    // Right behind its snapshot; without one there was no text.
    if (entry.kind === TextKind.checkpoint) return [entry.payload.slice()];
  }
  return [];
}
