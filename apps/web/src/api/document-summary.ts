import * as z from "zod/mini";

// Zod would otherwise try to compile code, which the content security policy forbids.
z.config({ jitless: true });

const snippetPartSchema = z.object({ text: z.string(), match: z.boolean() });

/** A piece of text: what was looked for, or what is around it. */
export type SnippetPart = z.infer<typeof snippetPartSchema>;

/**
 * A document as the API tells it. Times are ISO 8601; `editors` counts the people in it now;
 * `language` is the one it was created with. `deletedAt` is set in the trash, `snippet` in what a search found: where
 * the text matches, empty if only the title does.
 */
export const documentSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  language: z.nullish(z.string()),
  createdAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
  deletedAt: z.nullish(z.iso.datetime({ offset: true })),
  snippet: z.optional(z.array(snippetPartSchema)),
  tags: z.optional(z.array(z.string())),
  editors: z.int().check(z.nonnegative()),
});

export type DocumentSummary = z.infer<typeof documentSummarySchema>;
