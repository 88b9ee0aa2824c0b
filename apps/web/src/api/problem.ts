import * as z from "zod/mini";

/** RFC 9457 problem details: the members that this page shows. */
export const problemSchema = z.object({
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
});
