import * as z from "zod/mini";

/** RFC 9457 problem details: what the server says of a refusal, in English. */
export const problemSchema = z.object({
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
});
