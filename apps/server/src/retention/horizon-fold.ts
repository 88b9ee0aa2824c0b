import { ulidFromBytes } from "@scriptorium/ids";
import { LogReader } from "@scriptorium/log";
import { ProjectionStore, type Snapshot } from "../projections/projection-store";
import { Projector } from "../projections/projector";
import { instanceKey } from "../storage/stream";

export interface HorizonFoldOptions {
  readonly logDirectory: string;
  /** Of projections that follow the log as far as it is going to be dropped, and no further. */
  readonly databaseFile: string;
  /** Position of the last record that was dropped already. */
  readonly logBegin: number;
  /** A durable position behind all that was written when records were dropped before. */
  readonly logEnd: number;
  /** Position of the last record that is going to be dropped. */
  readonly through: number;
  /** Largest payload of a record. */
  readonly payloadBytesMax: number;
}

/** What has to be written anew of a document before records of it are dropped. */
export interface RememberedDocument {
  readonly documentId: string;
  readonly snapshot: Snapshot;
  /** Of the text; undefined if there is none. */
  readonly state: Uint8Array | undefined;
}

/** Records that must not be dropped. */
export class HorizonBlockedError extends Error {
  override readonly name = "HorizonBlockedError";
  /** Position of the first of them. */
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

/**
 * Says what the records up to `through` come to, for each document that has some which are still there: its row of the
 * catalogue and its text, both as of that position.
 *
 * @throws {HorizonBlockedError} before it yields anything: something up to there cannot be remembered
 */
export async function* foldHorizon(
  options: HorizonFoldOptions,
): AsyncGenerator<RememberedDocument, void, undefined> {
  const { logDirectory, databaseFile, logBegin, logEnd, through, payloadBytesMax } = options;
  const store = ProjectionStore.open(databaseFile, through, logBegin);
  try {
    await project(store, logDirectory, logEnd, through);
    const concerned = await firstPositions(store, options);
    for (const [documentId, position] of concerned) {
      const because = store.damagedBecause(documentId);
      if (because !== undefined)
        throw new HorizonBlockedError(position, `${documentId} is damaged: ${because}`);
      const bytes = store.checkpointExtent(documentId)?.bytes ?? 0;
      if (bytes <= payloadBytesMax) continue;
      throw new HorizonBlockedError(
        position,
        `the text of ${documentId} has ${bytes} bytes, and a record holds ${payloadBytesMax}`,
      );
    }
    for (const documentId of concerned.keys()) {
      const snapshot = store.snapshot(documentId);
      if (snapshot === undefined) continue;
      yield { documentId, snapshot, state: store.checkpoint(documentId)?.state };
    }
  } finally {
    store.close();
  }
}

async function project(
  store: ProjectionStore,
  logDirectory: string,
  logEnd: number,
  through: number,
): Promise<void> {
  const events = { checkpointed() {}, quarantined() {}, damaged() {} };
  const projector = await Projector.open({ logDirectory, store, events });
  try {
    await projector.begin(logEnd);
    await projector.advance(through);
    projector.flush(Number.POSITIVE_INFINITY);
  } finally {
    await projector.close();
  }
}

/** The documents that have records between what is dropped and what is going to be, with the first position of each. */
async function firstPositions(
  store: ProjectionStore,
  { logDirectory, logBegin, through }: HorizonFoldOptions,
): Promise<Map<string, number>> {
  const first = new Map<string, number>();
  const note = (documentId: string, position: number) => {
    if (!first.has(documentId)) first.set(documentId, position);
  };
  const instance = ulidFromBytes(instanceKey);
  const reader = await LogReader.open({
    directory: logDirectory,
    after: logBegin,
    onDamage: (damage) => {
      throw new HorizonBlockedError(reader.position + 1, damage.message);
    },
  });
  try {
    for await (const { key, position } of reader.read(through)) {
      const documentId = ulidFromBytes(key);
      if (documentId !== instance) note(documentId, position);
      // What concerns all documents is remembered with each of them.
      else for (const id of store.documentIds()) note(id, position);
    }
  } finally {
    await reader.close();
  }
  return first;
}
