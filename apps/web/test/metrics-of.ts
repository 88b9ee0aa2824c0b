import type { DocumentMetrics } from "../src/api/document-metrics";

/** Figures of a document with so many edits, and little else. */
export function metricsOf({ edits }: { readonly edits: number }): DocumentMetrics {
  return {
    id: "01JD0000000000000000000000",
    at: "2026-11-21T14:32:10.000Z",
    text: { characters: 12, words: 3, lines: 1 },
    now: { connections: 1, editors: 1, editsPerMinute: edits },
    totals: {
      ...{ edits, inserted: 12, deleted: 0, editors: 1, views: 1, exports: 0, connectionsPeak: 1 },
      since: "2026-11-21T14:30:00.000Z",
    },
    authors: [],
    othersCount: 0,
    latency: { durableP50Ms: null, durableP99Ms: null, samples: 0 },
    storage: {
      ...{ logBytes: 400, logRecords: edits, stateBytes: null, compression: null, checkpoint: null },
      uncheckpointedUpdates: edits,
    },
  };
}
