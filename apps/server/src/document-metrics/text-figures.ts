import type { DocumentId } from "@scriptorium/ids";
import type { RevisedTextCounts } from "../projections/messages";

/** Texts of which the counts are remembered. */
const textsMax = 1000;
/** Least time between two counts of a text, … */
const pauseMs = 1000;
/** … and how much longer than the last one took: a large text is made in a second. */
const pauseShare = 10;

interface Figures {
  counts: RevisedTextCounts | undefined;
  counting: Promise<void> | undefined;
  dueMs: number;
}

export interface TextFiguresOptions {
  readonly count: (documentId: DocumentId) => Promise<RevisedTextCounts>;
  /** A clock that only rises, in milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/** How much text documents have, as of a revision of late: to count means to make the text. */
export class TextFigures {
  readonly #count: TextFiguresOptions["count"];
  readonly #now: () => number;
  /** The longest unused first. */
  readonly #texts = new Map<DocumentId, Figures>();

  constructor({ count, now = () => performance.now() }: TextFiguresOptions) {
    this.#count = count;
    this.#now = now;
  }

  /** What was counted last; undefined if nothing was. */
  find(documentId: DocumentId): RevisedTextCounts | undefined {
    return this.#texts.get(documentId)?.counts;
  }

  /**
   * Counts again what is older than `revision`, unless that was done a moment ago. Never rejects: where it cannot be
   * done, what is there stays.
   */
  refresh(documentId: DocumentId, revision: bigint): Promise<void> {
    const figures = this.#figuresOf(documentId);
    if (figures.counting !== undefined) return figures.counting;
    const { counts } = figures;
    const isCurrent = counts !== undefined && BigInt(counts.revision ?? 0) >= revision;
    if (isCurrent || this.#now() < figures.dueMs) return Promise.resolve();
    figures.counting = this.#recount(documentId, figures).finally(() => {
      figures.counting = undefined;
    });
    return figures.counting;
  }

  async #recount(documentId: DocumentId, figures: Figures): Promise<void> {
    const begun = this.#now();
    try {
      figures.counts = await this.#count(documentId);
    } catch {
      // The projections stand still, and say so elsewhere.
    }
    const ended = this.#now();
    figures.dueMs = ended + Math.max(pauseMs, pauseShare * (ended - begun));
  }

  #figuresOf(documentId: DocumentId): Figures {
    const figures = this.#texts.get(documentId) ?? { counts: undefined, counting: undefined, dueMs: 0 };
    this.#texts.delete(documentId);
    this.#texts.set(documentId, figures);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= textsMax) break;
      this.#texts.delete(oldest);
    }
    return figures;
  }
}
