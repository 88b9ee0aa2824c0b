import { type DocumentId, snowflakeParts, ulidToBytes } from "@scriptorium/ids";
import type { ProjectionReader } from "../projections/projection-reader";
import type { DocumentLog } from "../storage/document-log";
import { Stream } from "../storage/stream";

/** Documents that are looked into for one revision. */
const candidatesMax = 200;
/** How long is looked for one revision, in milliseconds. */
const budgetMs = 250;

const streams = [Stream.text, Stream.catalogue];

interface Sources {
  readonly log: Pick<DocumentLog, "readDocument">;
  /** What the projections say now. */
  readonly catalogue: () => Pick<ProjectionReader, "editedAround">;
}

/**
 * Tells which document a revision belongs to. There is no index from revisions to documents, for the sake of a question
 * that people seldom ask: the revision's time says which documents may have it, and the log whether they do. How many are
 * looked into is bounded, and so is the time for it; one question is answered after the other.
 */
export class RevisionFinder {
  readonly #sources: Sources;
  readonly #now: () => number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sources: Sources, now: () => number = () => performance.now()) {
    this.#sources = sources;
    this.#now = now;
  }

  /** The document; undefined if none has the revision, or it was not found within the bounds. */
  find(revision: bigint): Promise<DocumentId | undefined> {
    const found = this.#last.then(() => this.#find(revision));
    this.#last = found.catch(() => undefined);
    return found;
  }

  async #find(revision: bigint): Promise<DocumentId | undefined> {
    const { timeMs } = snowflakeParts(revision);
    const deadline = this.#now() + budgetMs;
    for (const id of this.#sources.catalogue().editedAround(timeMs, candidatesMax)) {
      if (this.#now() > deadline) return undefined;
      if (await this.#has(id as DocumentId, revision)) return id as DocumentId;
    }
    return undefined;
  }

  async #has(id: DocumentId, revision: bigint): Promise<boolean> {
    for (const stream of streams) {
      const range = { stream, after: 0, sinceRevision: revision, onDamage: () => undefined };
      for await (const entry of this.#sources.log.readDocument(ulidToBytes(id), range)) {
        if (entry.revision === revision) return true;
        // Revisions ascend with the records.
        break;
      }
    }
    return false;
  }
}
