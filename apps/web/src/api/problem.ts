import * as z from "zod/mini";

/** RFC 9457 problem details: what the server says of a refusal, in English. */
export const problemSchema = z.object({
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
  /** The same in a word that stays, to be said in any language. */
  code: z.optional(z.string()),
  /** The paths of what is wrong in the request. */
  fields: z.optional(z.array(z.string())),
});
