import * as z from "zod/mini";
import { documentSummarySchema } from "./document-summary";

/** One page of a list. `nextCursor` asks for the page after it; null at the end. */
export const documentPageSchema = z.object({
  documents: z.array(documentSummarySchema),
  nextCursor: z.nullable(z.string()),
});

export type DocumentPage = z.infer<typeof documentPageSchema>;
