import { z } from "zod";

const count = z.int().min(0);

/** What is counted of a document, as the log keeps it for when the records are gone. */
export const statisticsSnapshot = z.object({
  sinceMs: z.int(),
  revision: z.string(),
  edits: count,
  inserted: count,
  deleted: count,
  editors: count,
  views: count,
  exports: count,
  connectionsPeak: count,
  usagePosition: count,
  logBytes: count,
  logRecords: count,
  authors: z.array(
    z.object({
      author: z.string(),
      name: z.string().nullable(),
      edits: count,
      inserted: count,
      deleted: count,
      lastMs: z.int(),
    }),
  ),
  /** The newest: of sessions that may go on behind what is dropped. */
  actors: z.array(z.object({ actor: z.string(), author: z.string(), name: z.string(), position: count })),
  /** Rows of `edit_buckets`: step, start, edits, inserted, deleted, editors. */
  buckets: z.array(z.tuple([count, count, count, count, count, count])),
});

export type StatisticsSnapshot = z.infer<typeof statisticsSnapshot>;
