import { type DocumentId, ulidToBytes } from "@scriptorium/ids";
import { encodeSnapshotRecord } from "../storage/catalogue-record";
import type { Appended, NewEntry } from "../storage/document-log";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../storage/stream";
import type { HorizonFoldOptions, RememberedDocument } from "./horizon-fold";
import { unlessAborted } from "./unless-aborted";

/** What moving the horizon needs of the log. */
export interface DroppableLog {
  readonly durablePosition: number;
  readonly horizonPosition: number;
  readonly payloadBytesMax: number;
  append(entry: NewEntry): Appended;
  drop(position: number): Promise<void>;
}

/** What it needs of the projections. */
export interface FollowingProjections {
  caughtUp(position: number): Promise<void>;
  settledThrough(position: number): Promise<void>;
}

/** The last record that is going to be dropped: a sealed segment ends with it. */
export interface HorizonTarget {
  readonly position: number;
  /** The highest revision up to there. */
  readonly revision: bigint;
}

export interface HorizonMove {
  readonly log: DroppableLog;
  readonly projections: FollowingProjections;
  readonly fold: (
    range: Pick<HorizonFoldOptions, "logBegin" | "logEnd" | "through" | "payloadBytesMax">,
  ) => AsyncIterable<RememberedDocument>;
  readonly target: HorizonTarget;
  readonly signal: AbortSignal;
}

/**
 * Drops the records up to `target`, after writing what they come to at the end of the log. Nothing is dropped before all
 * of that is durable, and before nobody needs to read it any more. Wherever it is interrupted, the log says all that it
 * said, and it can be done again.
 *
 * @returns of how many documents something was written
 * @throws {HorizonBlockedError} LogUnavailableError, ProjectionsStoppedError; nothing was dropped
 */
export async function moveHorizon({ log, projections, fold, target, signal }: HorizonMove): Promise<number> {
  // Behind the snapshots of the moves before, which what is projected now begins with.
  const logEnd = log.durablePosition;
  const range = {
    logBegin: log.horizonPosition,
    logEnd,
    through: target.position,
    payloadBytesMax: log.payloadBytesMax,
  };
  let written = logEnd;
  let documents = 0;
  for await (const document of fold(range)) {
    signal.throwIfAborted();
    // One at a time: what people write goes between.
    written = await remember(log, document, target.revision);
    documents += 1;
  }
  await unlessAborted(projections.caughtUp(written), signal);
  await unlessAborted(projections.settledThrough(target.position), signal);
  signal.throwIfAborted();
  await log.drop(target.position);
  return documents;
}

/** Resolves, when it is durable, with the position of the last record. */
async function remember(
  log: DroppableLog,
  { documentId, snapshot, state }: RememberedDocument,
  asOf: bigint,
): Promise<number> {
  const common = { key: ulidToBytes(documentId as DocumentId), author: instanceKey };
  const first = log.append({
    ...common,
    stream: Stream.catalogue,
    kind: CatalogueKind.snapshot,
    payload: encodeSnapshotRecord({ asOf, ...snapshot }),
  });
  // Right behind it: the snapshot says of which moment the text is.
  const last =
    state === undefined
      ? first
      : log.append({ ...common, stream: Stream.text, kind: TextKind.checkpoint, payload: state });
  await Promise.all([first.durable, last.durable]);
  return last.position;
}
