import * as z from "zod/mini";
import { underBase } from "../base-path";
import { request } from "./request";

const count = z.int().check(z.nonnegative());
const quantity = z.number().check(z.nonnegative());
const time = z.iso.datetime({ offset: true });

/** A document's figures as the API tells them. Times are ISO 8601; null stands for what the server cannot say yet. */
export const documentMetricsSchema = z.object({
  id: z.string(),
  at: time,
  text: z.nullable(z.object({ characters: count, words: count, lines: count })),
  /** `editors` are those who edited in the last minute. */
  now: z.object({ connections: count, editors: count, editsPerMinute: quantity }),
  totals: z.object({
    edits: count,
    inserted: count,
    deleted: count,
    editors: count,
    views: count,
    exports: count,
    connectionsPeak: count,
    since: z.nullable(time),
  }),
  /** The busiest; `othersCount` are not among them. */
  authors: z.array(
    z.object({
      id: z.string(),
      name: z.nullable(z.string()),
      edits: count,
      inserted: count,
      deleted: count,
      lastAt: time,
    }),
  ),
  othersCount: count,
  /** Of the last minutes: from an edit's arrival until it is on the disk. */
  latency: z.object({
    durableP50Ms: z.nullable(quantity),
    durableP99Ms: z.nullable(quantity),
    samples: count,
  }),
  storage: z.object({
    logBytes: count,
    logRecords: count,
    stateBytes: z.nullable(count),
    compression: z.nullable(quantity),
    checkpoint: z.nullable(z.object({ position: quantity, bytes: count, at: z.nullable(time) })),
    uncheckpointedUpdates: count,
  }),
});

export type DocumentMetrics = z.infer<typeof documentMetricsSchema>;
export type Author = DocumentMetrics["authors"][number];

function pathOf(documentId: string): string {
  return `/documents/${encodeURIComponent(documentId)}/metrics`;
}

export function getDocumentMetrics(documentId: string, signal: AbortSignal): Promise<DocumentMetrics> {
  return request(pathOf(documentId), documentMetricsSchema, { signal });
}

/** Where the figures come as events: `metrics` at once, and whenever they have changed. */
export function metricsStreamAddress(documentId: string): string {
  return underBase(`/api/v1${pathOf(documentId)}/stream`);
}

export const activitySteps = ["minute", "hour", "day"] as const;
export type ActivityStep = (typeof activitySteps)[number];

const activitySchema = z.object({
  from: time,
  stepSeconds: z.int().check(z.positive()),
  edits: z.array(count),
  inserted: z.array(count),
  deleted: z.array(count),
  editors: z.array(count),
});

export type ActivityAnswer = z.infer<typeof activitySchema>;

/** What happened in each minute, hour or day. @param fromMs default: as far back as the server thinks useful */
export function getActivity(
  documentId: string,
  { step, fromMs }: { readonly step: ActivityStep; readonly fromMs?: number | undefined },
  signal: AbortSignal,
): Promise<ActivityAnswer> {
  const parameters = new URLSearchParams({ step });
  if (fromMs !== undefined) parameters.set("from", new Date(fromMs).toISOString());
  return request(`${pathOf(documentId)}/series?${parameters}`, activitySchema, { signal });
}
