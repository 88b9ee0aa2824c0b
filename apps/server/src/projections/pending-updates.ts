import type { PositionedUpdate } from "./materialise";

/** The updates of one document that no checkpoint holds yet, oldest first. */
export interface PendingUpdates {
  readonly updates: PositionedUpdate[];
  bytes: number;
  /** Of the newest update. */
  revision: bigint;
  /** Size of the state that they follow on. */
  readonly checkpointBytes: number;
}

/** The updates of all documents that no checkpoint holds yet. */
export class PendingUpdatesByDocument {
  #bytes = 0;
  /** In the order of each document's first pending update. */
  readonly #documents = new Map<string, PendingUpdates>();

  /** Begins to keep updates of a document; `checkpointBytes` is the size of its checkpoint's state. */
  begin(documentId: string, checkpointBytes: number): PendingUpdates {
    const pending: PendingUpdates = { updates: [], bytes: 0, revision: 0n, checkpointBytes };
    this.#documents.set(documentId, pending);
    return pending;
  }

  /** Adds to what is kept for a document; `pending` is what `begin` or `get` gave. */
  add(pending: PendingUpdates, positioned: PositionedUpdate, revision: bigint): void {
    pending.updates.push(positioned);
    pending.bytes += positioned.update.length;
    pending.revision = revision;
    this.#bytes += positioned.update.length;
  }

  /** Size of all updates together. */
  get bytes(): number {
    return this.#bytes;
  }

  get(documentId: string): PendingUpdates | undefined {
    return this.#documents.get(documentId);
  }

  delete(documentId: string): void {
    this.#bytes -= this.#documents.get(documentId)?.bytes ?? 0;
    this.#documents.delete(documentId);
  }

  documentIds(): string[] {
    return [...this.#documents.keys()];
  }

  /** The document whose first pending update is the oldest of all. */
  oldest(): { documentId: string; position: number } | undefined {
    for (const [documentId, { updates }] of this.#documents) {
      const first = updates[0];
      if (first !== undefined) return { documentId, position: first.position };
    }
    return undefined;
  }
}
