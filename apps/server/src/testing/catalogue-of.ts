import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type CatalogueEntry, ProjectionReader } from "../projections/projection-reader";
import { ProjectionStore } from "../projections/projection-store";
import { Projector } from "../projections/projector";
import type { StatisticsReader } from "../projections/statistics/statistics-reader";
import { stepNames } from "../projections/statistics/steps";
import { temporaryDirectory } from "./temporary-directory";

/** A document as the projections show it. */
export type ShownDocument = CatalogueEntry & { readonly text: string; readonly figures: Figures };

/** What is counted of a document, but for the records that are written when others are dropped. */
type Figures = ReturnType<typeof figuresOf>;

/** Projections that follow a log in this thread. */
export class FollowingProjections {
  readonly #projector: Projector;
  readonly #store: ProjectionStore;
  readonly #reader: ProjectionReader;

  private constructor(projector: Projector, store: ProjectionStore, reader: ProjectionReader) {
    this.#projector = projector;
    this.#store = store;
    this.#reader = reader;
  }

  /** Begins anew, with what the log has up to `through`. Closed after the running test. */
  static async build(logDirectory: string, through: number): Promise<FollowingProjections> {
    const file = join(await temporaryDirectory(), "projections.db");
    const store = ProjectionStore.open(file, through);
    const events = { checkpointed() {}, quarantined() {}, damaged() {} };
    const projector = await Projector.open({ logDirectory, store, events });
    const projections = new FollowingProjections(projector, store, new ProjectionReader(file));
    onTestFinished(() => projections.close());
    await projector.begin(through);
    await projector.advance(through);
    return projections;
  }

  async caughtUp(position: number): Promise<void> {
    await this.#projector.advance(position);
  }

  async settledThrough(position: number): Promise<void> {
    this.#projector.settleThrough(position);
  }

  get resume(): number {
    return this.#store.progress().resume;
  }

  /** All documents with their texts, in the trash or not, by ID. */
  documents(): ShownDocument[] {
    const all = { sort: "updated", after: undefined, limit: 1000 } as const;
    return [false, true]
      .flatMap((deleted) => this.#reader.documents({ ...all, deleted }))
      .map((entry) => ({
        ...entry,
        text: this.#projector.text(entry.id),
        figures: figuresOf(this.#reader.statistics, entry.id),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async close(): Promise<void> {
    this.#reader.close();
    this.#store.close();
    await this.#projector.close();
  }
}

function figuresOf(statistics: StatisticsReader, id: string) {
  const { sinceMs, revision, edits, inserted, deleted, editors } = statistics.document(id) ?? {};
  const buckets = stepNames.map((step) => statistics.buckets(id, step, 0, Number.MAX_SAFE_INTEGER));
  const authors = statistics.authors(id, 1000);
  return { sinceMs, revision, edits, inserted, deleted, editors, authors, buckets };
}

/** What a log says, read from nothing but the log. */
export async function documentsIn(logDirectory: string, through: number): Promise<ShownDocument[]> {
  const projections = await FollowingProjections.build(logDirectory, through);
  const documents = projections.documents();
  await projections.close();
  return documents;
}
