import * as z from "zod/mini";

// Zod would otherwise try to compile code, which the content security policy forbids.
z.config({ jitless: true });

/**
 * A document as the API tells it. Times are ISO 8601; `editors` counts the people in it now;
 * `language` is the one it was created with.
 */
export const documentSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  language: z.nullish(z.string()),
  createdAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
  editors: z.int().check(z.nonnegative()),
});

export type DocumentSummary = z.infer<typeof documentSummarySchema>;
