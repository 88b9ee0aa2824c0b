import { type DocumentId, parseSnowflake, snowflakeParts } from "@scriptorium/ids";
import type { Projections } from "../projections/projections";
import type { BucketStatistics, DocumentStatistics } from "../projections/statistics/statistics-reader";
import { type Step, steps } from "../projections/statistics/steps";
import type { Activities } from "./activities";
import { noLatency } from "./latency-samples";
import type { SeriesRange } from "./series-range";
import type { TextFigures } from "./text-figures";

export interface DocumentMetricsOptions {
  readonly projections: Pick<Projections, "catalogue">;
  readonly activities: Activities;
  readonly texts: TextFigures;
  /** The newest durable revision of a document that is open. */
  readonly openRevision: (documentId: DocumentId) => bigint | undefined;
}

/** The figures of a document, as the HTTP API gives them. */
export type MetricsDocument = ReturnType<DocumentMetrics["peek"]>;

const authorsMax = 50;
/** How long an answer waits for the text to be counted. */
const patienceMs = 1500;

const nothingCounted: DocumentStatistics = {
  sinceMs: 0,
  revision: "0",
  edits: 0,
  inserted: 0,
  deleted: 0,
  editors: 0,
  views: 0,
  exports: 0,
  connectionsPeak: 0,
  usagePosition: 0,
  logBytes: 0,
  logRecords: 0,
  unsettled: 0,
  unsettledBytes: 0,
};

/** Puts together what projections and memory know of a document. */
export class DocumentMetrics {
  readonly #options: DocumentMetricsOptions;

  constructor(options: DocumentMetricsOptions) {
    this.#options = options;
  }

  /** The figures, with those of the text as of now, if that does not take long. */
  async read(documentId: DocumentId): Promise<MetricsDocument> {
    const { texts } = this.#options;
    await unlessLate(texts.refresh(documentId, this.#newestRevision(documentId)), patienceMs);
    return this.peek(documentId);
  }

  /** The figures as they are at hand. Those of the text, if they are older, are being renewed then. */
  peek(documentId: DocumentId) {
    const { activities, texts } = this.#options;
    void texts.refresh(documentId, this.#newestRevision(documentId));
    const now = performance.now();
    const activity = activities.find(documentId);
    const statistics = this.#statistics(documentId);
    return {
      id: documentId,
      at: new Date().toISOString(),
      text: texts.find(documentId) ?? null,
      now: activity?.pulse(now) ?? { connections: 0, editors: 0, editsPerMinute: 0 },
      totals: this.#totals(documentId, statistics),
      ...this.#authors(documentId, statistics),
      latency: activity?.latency(now) ?? noLatency,
      storage: this.#storage(documentId, statistics),
    };
  }

  /** A number of each kind for every bucket of the range, also where nothing happened. */
  series(documentId: DocumentId, step: Step, range: SeriesRange) {
    const { from, to } = range;
    const column = () => new Array<number>(to - from).fill(0);
    const columns = { edits: column(), inserted: column(), deleted: column(), editors: column() };
    const names = Object.keys(columns) as (keyof typeof columns & keyof BucketStatistics)[];
    const { statistics } = this.#options.projections.catalogue;
    for (const bucket of statistics.buckets(documentId, step, from, to)) {
      for (const name of names) columns[name][bucket.start - from] = bucket[name];
    }
    const { ms } = steps[step];
    return {
      step,
      from: new Date(from * ms).toISOString(),
      to: new Date(to * ms).toISOString(),
      stepSeconds: ms / 1000,
      ...columns,
    };
  }

  #statistics(documentId: DocumentId): DocumentStatistics {
    return this.#options.projections.catalogue.statistics.document(documentId) ?? nothingCounted;
  }

  #newestRevision(documentId: DocumentId): bigint {
    return this.#options.openRevision(documentId) ?? BigInt(this.#statistics(documentId).revision);
  }

  #totals(documentId: DocumentId, statistics: DocumentStatistics) {
    const { edits, inserted, deleted, editors, views, exports, connectionsPeak, sinceMs } = statistics;
    const recent = this.#options.activities.find(documentId)?.usageBehind(statistics.usagePosition);
    return {
      edits,
      inserted,
      deleted,
      editors,
      views: views + (recent?.views ?? 0),
      exports: exports + (recent?.exports ?? 0),
      connectionsPeak: Math.max(connectionsPeak, recent?.connectionsPeak ?? 0),
      since: sinceMs === 0 ? null : new Date(sinceMs).toISOString(),
    };
  }

  #authors(documentId: DocumentId, { editors }: DocumentStatistics) {
    const { statistics } = this.#options.projections.catalogue;
    const authors = statistics
      .authors(documentId, authorsMax)
      .map(({ lastMs, ...author }) => ({ ...author, lastAt: new Date(lastMs).toISOString() }));
    return { authors, othersCount: Math.max(0, editors - authors.length) };
  }

  #storage(documentId: DocumentId, statistics: DocumentStatistics) {
    const { logBytes, logRecords, unsettled, unsettledBytes } = statistics;
    const checkpoint = this.#options.projections.catalogue.statistics.checkpoint(documentId);
    const stateBytes = (checkpoint?.bytes ?? 0) + unsettledBytes;
    return {
      logBytes,
      logRecords,
      stateBytes,
      compression: stateBytes === 0 ? null : Math.round((100 * logBytes) / stateBytes) / 100,
      checkpoint:
        checkpoint === undefined
          ? null
          : { position: checkpoint.position, bytes: checkpoint.bytes, at: timeOf(checkpoint.revision) },
      uncheckpointedUpdates: unsettled,
    };
  }
}

/** When a revision was made. */
function timeOf(revision: string): string {
  return new Date(snowflakeParts(parseSnowflake(revision) ?? 0n).timeMs).toISOString();
}

/** Resolves with `work`, or when that takes too long. */
async function unlessLate(work: Promise<void>, ms: number): Promise<void> {
  let impatience: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    impatience = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(impatience);
}
